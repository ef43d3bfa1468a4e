import { inGroups } from './inGroups.ts'

/** Work that is done when we say so, and what it was asked. */
const heldWork = () => {
  const groups: string[][] = []
  const releases: (() => void)[] = []
  const ask = inGroups(async (group: readonly string[]) => {
    groups.push([...group])
    await new Promise<void>((resolve) => releases.push(resolve))
    return group.map((asked) => `${asked}!`)
  })
  return {
    ask,
    groups,
    releaseAll: () => {
      for (const release of releases.splice(0)) release()
    },
  }
}

const numbers = (count: number) => Array.from({ length: count }, (_none, index) => String(index))

describe('what is asked for at once', () => {
  it('goes alone while few are under way, and then together', async () => {
    const { ask, groups, releaseAll } = heldWork()
    const answers = Promise.all(numbers(10).map(ask))
    expect(groups).toEqual([['0'], ['1'], ['2']])
    releaseAll()
    while (groups.length < 4) await Promise.resolve()
    expect(groups[3]).toEqual(['3', '4', '5', '6', '7', '8', '9'])
    releaseAll()
    expect(await answers).toEqual(numbers(10).map((asked) => `${asked}!`))
  })

  it('is answered each in its place, and goes by a hundred at most', async () => {
    const sizes: number[] = []
    const ask = inGroups((group: readonly string[]) => {
      sizes.push(group.length)
      return Promise.resolve(group.map((asked) => `${asked}!`))
    })
    expect(await Promise.all(numbers(1_000).map(ask))).toEqual(
      numbers(1_000).map((asked) => `${asked}!`),
    )
    expect(Math.max(...sizes)).toBe(100)
  })

  const asking = (code: string) => {
    const asked: string[][] = []
    const ask = inGroups((group: readonly string[]) => {
      asked.push([...group])
      if (group.includes('5')) return Promise.reject(Object.assign(new Error(), { code }))
      return Promise.resolve(group)
    })
    return { ask, asked }
  }

  it('fails for its own data alone', async () => {
    const { ask } = asking('22P05')
    const settled = await Promise.allSettled(numbers(20).map(ask))
    expect(settled.map(({ status }) => status === 'rejected')).toEqual(
      numbers(20).map((n) => n === '5'),
    )
  })

  it('fails together where the database is gone, and is not done twice', async () => {
    const { ask, asked } = asking('57P01')
    const settled = await Promise.allSettled(numbers(20).map(ask))
    expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(17)
    expect(asked.flat()).toHaveLength(20)
    expect(await ask('6')).toBe('6')
  })
})
