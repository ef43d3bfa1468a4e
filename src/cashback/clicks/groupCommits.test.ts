import { groupCommits } from './groupCommits.ts'

/** Work that ends when the test releases it, and the groups that it was called with. */
const heldWork = () => {
  const groups: string[][] = []
  const releases: (() => void)[] = []
  const submit = groupCommits(async (group: readonly string[]) => {
    groups.push([...group])
    await new Promise<void>((resolve) => releases.push(resolve))
    return group.map((item) => `${item}!`)
  })
  return {
    groups,
    submit,
    releaseAll: () => {
      for (const release of releases.splice(0)) release()
    },
  }
}

const numbers = (count: number) => Array.from({ length: count }, (_none, index) => String(index))

describe('group commits', () => {
  it('send an item alone while lanes are free, and the waiting items together after that', async () => {
    const { groups, releaseAll, submit } = heldWork()
    const results = Promise.all(numbers(10).map(submit))
    expect(groups).toEqual([['0'], ['1'], ['2']])
    releaseAll()
    while (groups.length < 4) await Promise.resolve()
    expect(groups[3]).toEqual(['3', '4', '5', '6', '7', '8', '9'])
    releaseAll()
    expect(await results).toEqual(numbers(10).map((item) => `${item}!`))
  })

  it('return each item its own result, in groups of at most a hundred', async () => {
    const sizes: number[] = []
    const submit = groupCommits((group: readonly string[]) => {
      sizes.push(group.length)
      return Promise.resolve(group.map((item) => `${item}!`))
    })
    expect(await Promise.all(numbers(1_000).map(submit))).toEqual(
      numbers(1_000).map((item) => `${item}!`),
    )
    expect(Math.max(...sizes)).toBe(100)
  })

  const failingWith = (code: string) => {
    const tried: string[][] = []
    const submit = groupCommits((group: readonly string[]) => {
      tried.push([...group])
      if (group.includes('5')) return Promise.reject(Object.assign(new Error(), { code }))
      return Promise.resolve(group)
    })
    return { submit, tried }
  }

  it('fail only the item with the bad data', async () => {
    const { submit } = failingWith('22P05')
    const settled = await Promise.allSettled(numbers(20).map(submit))
    expect(settled.map(({ status }) => status === 'rejected')).toEqual(
      numbers(20).map((n) => n === '5'),
    )
  })

  it('fail the whole group if the database is gone, and do not try it again', async () => {
    const { submit, tried } = failingWith('57P01')
    const settled = await Promise.allSettled(numbers(20).map(submit))
    expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(17)
    expect(tried.flat()).toHaveLength(20)
    expect(await submit('6')).toBe('6')
  })
})
