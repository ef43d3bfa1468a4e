import { countSegments } from './countSegments.ts'

describe('countSegments', () => {
  it.each([
    ['an empty text', '', 'GSM-7', 1],
    ['160 plain characters', 'a'.repeat(160), 'GSM-7', 1],
    ['161 plain characters', 'a'.repeat(161), 'GSM-7', 2],
    ['306 plain characters', 'a'.repeat(306), 'GSM-7', 2],
    ['307 plain characters', 'a'.repeat(307), 'GSM-7', 3],
    ['80 characters that take two places', '€'.repeat(80), 'GSM-7', 1],
    ['81 characters that take two places', '€'.repeat(81), 'GSM-7', 2],
    ['70 characters with a rupee sign', `₹${'a'.repeat(69)}`, 'UCS-2', 1],
    ['71 characters with a rupee sign', `₹${'a'.repeat(70)}`, 'UCS-2', 2],
    ['a Hindi text', 'नमस्ते', 'UCS-2', 1],
    ['36 emoji, which take two places each', '🎉'.repeat(36), 'UCS-2', 2],
  ])('counts the segments of %s', (_name, text, encoding, segments) => {
    expect(countSegments(text)).toEqual({ encoding, segments })
  })
})
