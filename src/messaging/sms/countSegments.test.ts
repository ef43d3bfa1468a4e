import fc from 'fast-check'

import { countSegments } from './countSegments.ts'

describe('countSegments', () => {
  it.each([
    ['nothing', '', 'gsm', 0, 1],
    ['160 letters', 'a'.repeat(160), 'gsm', 160, 1],
    ['161 letters', 'a'.repeat(161), 'gsm', 161, 2],
    ['two full parts', 'a'.repeat(306), 'gsm', 306, 2],
    ['one more than two full parts', 'a'.repeat(307), 'gsm', 307, 3],
    ['the euro, which is an escape and a septet', '€'.repeat(80), 'gsm', 160, 1],
    ['81 of them', '€'.repeat(81), 'gsm', 162, 2],
    ['an escape that would be cut in two', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 'gsm', 306, 3],
    ['letters of the default alphabet', 'Ñandú? Ω!'.replace('ú', 'ù'), 'gsm', 9, 1],
    ['a rupee sign', '₹500', 'ucs2', 4, 1],
    ['a grave accent, which is in neither table', '`', 'ucs2', 1, 1],
    ['a no-break space', 'USD\u00a05', 'ucs2', 5, 1],
    ['70 letters of Hindi', 'क'.repeat(70), 'ucs2', 70, 1],
    ['71 letters of Hindi', 'क'.repeat(71), 'ucs2', 71, 2],
    ['an emoji, which is two units', '🎉'.repeat(35), 'ucs2', 70, 1],
    ['emojis, never cut in two: 33 a part', '🎉'.repeat(67), 'ucs2', 134, 3],
  ])('counts %s', (_case, text, alphabet, units, segments) => {
    expect(countSegments(text)).toEqual({ alphabet, units, segments })
  })

  it('never decreases when a text grows', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), fc.string({ unit: 'grapheme' }), (text, more) => {
        expect(countSegments(text + more).segments).toBeGreaterThanOrEqual(
          countSegments(text).segments,
        )
      }),
    )
  })
})
