import fc from 'fast-check'

import { countSharedLetters } from './countSharedLetters.ts'

describe('letters of an id in a reported text', () => {
  it.each([
    ['abcdefgh', 'abcdefgh', 8],
    ['ABCD-EF', 'abcdefgh', 6],
    ['cdefgh', 'abcdefgh', 6],
    ['abXXefgh', 'abcdefgh', 6],
    ['', 'abcdefgh', 0],
    ['zzz', 'abcdefgh', 0],
    ['aaaa', 'aaa', 3],
  ])('are counted at both ends, each once: %j of %j', (came, id, shared) => {
    expect(countSharedLetters(came, id)).toBe(shared)
  })

  it('are never more than the letters of either text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (came, id) => {
        expect(countSharedLetters(came, id)).toBeLessThanOrEqual(Math.min(came.length, id.length))
      }),
    )
  })
})
