import fc from 'fast-check'

import { wrapText } from './wrapText.ts'

describe('wrapText', () => {
  it('breaks at spaces, and never within a URL', () => {
    const url = `https://example.in/${'a'.repeat(90)}`
    expect(wrapText([`${'word '.repeat(20)}end`, '', url])).toBe(
      `${'word '.repeat(15).trim()}\n${'word '.repeat(5)}end\n\n${url}\n`,
    )
  })

  it('keeps every word, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,30}$/)), (words) => {
        const wrapped = wrapText([words.join(' ')])
        expect(wrapped.split(/\s/).filter(Boolean)).toEqual(words)
        expect(Math.max(...wrapped.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(76)
      }),
    )
  })
})
