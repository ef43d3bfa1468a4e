import { formatChange, countOf, formatCount } from './counts.ts'

describe('counts', () => {
  it('are grouped as in India, with their noun', () => {
    expect(formatCount(1_234_567)).toBe('12,34,567')
    expect([countOf(0, 'payment'), countOf(1, 'payment'), countOf(2_914, 'payment')]).toEqual([
      '0 payments',
      '1 payment',
      '2,914 payments',
    ])
  })

  it.each([
    [106, 100, '▲ 6.0 %'],
    [97, 100, '▼ 3.0 %'],
    [100_001, 100_000, '0.0 %'],
    [0, 100, '▼ 100.0 %'],
    [-50, -100, '▲ 50.0 %'],
    [5, 0, null],
  ])('a change from %s: %s', (now, before, text) => {
    expect(formatChange(now, before)).toBe(text)
  })
})
