import { checkShape } from './limitShape.ts'

const nest = (levels: number): unknown =>
  Array.from({ length: levels }).reduce<unknown>((inner) => ({ inner }), 'a text')
const list = (length: number, item: unknown = 1): unknown[] => Array.from({ length }, () => item)

describe('a document', () => {
  it.each([
    ['a text', 'a text'],
    ['nothing', undefined],
    ['32 levels', nest(32)],
    ['a list of 1,000 items', { names: list(1_000) }],
    ['9 lists of 1,000 items', list(9, list(1_000))],
    ['a large file', { file: Buffer.alloc(100_000) }],
  ])('of %s is accepted', (_case, data) => {
    expect(() => {
      checkShape(data)
    }).not.toThrow()
  })

  it.each([
    ['33 levels', nest(33)],
    ['a million levels', nest(1_000_000)],
    ['a list of 1,001 items', { name: list(1_001, {}) }],
    ['more than 10,000 values', list(11, list(1_000))],
    ['11,000 fields', Object.fromEntries(list(11_000).map((_, index) => [`f${index}`, 1]))],
  ])('with %s is refused', (_case, data) => {
    expect(() => {
      checkShape(data)
    }).toThrow(expect.objectContaining({ code: 'request.value-too-large' }) as Error)
  })
})
