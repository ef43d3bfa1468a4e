import fc from 'fast-check'

import { createIdSet } from './ids.ts'

describe('createIdSet', () => {
  it('contains what a Set contains', () => {
    const ids = fc.array(fc.string({ maxLength: 2 }), { maxLength: 200 })
    fc.assert(
      fc.property(ids, (all) => {
        const [set, plain] = [createIdSet(), new Set<string>()]
        for (const id of all) {
          expect(set.add(id)).toBe(!plain.has(id))
          plain.add(id)
        }
        expect(set.size()).toBe(plain.size)
      }),
    )
  })

  it('contains each of a hundred thousand ids after it has grown', () => {
    const set = createIdSet()
    const ids = Array.from({ length: 100_000 }, (_, at) => `id-${String(at)}`)
    expect(ids.every((id) => set.add(id))).toBe(true)
    expect(ids.some((id) => set.add(id))).toBe(false)
    expect(set.size()).toBe(100_000)
  })
})
