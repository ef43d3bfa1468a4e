import { countSegments } from './countSegments.ts'

describe('countSegments', () => {
  it.each([
    ['nothing', '', 'GSM-7', 1],
    ['160 plain signs', 'a'.repeat(160), 'GSM-7', 1],
    ['161 of them', 'a'.repeat(161), 'GSM-7', 2],
    ['306 of them', 'a'.repeat(306), 'GSM-7', 2],
    ['307 of them', 'a'.repeat(307), 'GSM-7', 3],
    ['80 signs that cost two', '€'.repeat(80), 'GSM-7', 1],
    ['81 of them', '€'.repeat(81), 'GSM-7', 2],
    ['70 signs with a rupee', `₹${'a'.repeat(69)}`, 'UCS-2', 1],
    ['71 of them', `₹${'a'.repeat(70)}`, 'UCS-2', 2],
    ['Hindi', 'नमस्ते', 'UCS-2', 1],
    ['36 pictures, two places each', '🎉'.repeat(36), 'UCS-2', 2],
  ])('%s', (_name, text, encoding, segments) => {
    expect(countSegments(text)).toEqual({ encoding, segments })
  })
})
