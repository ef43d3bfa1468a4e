import { checkWhere } from './capLists.ts'

const leaf = { amountMinor: { equals: 1 } }
const nested = (levels: number, where: object = leaf): object =>
  levels === 0 ? where : nested(levels - 1, { [levels % 2 ? 'and' : 'OR']: [where] })
const many = (count: number) => Array.from({ length: count }, () => leaf)
const values = (count: number) => Array.from({ length: count }, (_, index) => String(index))

const refusalOf = (where: unknown): unknown => {
  try {
    checkWhere(where)
    return null
  } catch (error) {
    return error
  }
}

describe('a query', () => {
  it.each<[string, unknown]>([
    ['without conditions', undefined],
    ['of one condition', leaf],
    ['nested 5 deep', nested(5)],
    ['of 50 conditions', { and: many(50) }],
    ['over 5 relations', { 'a.b.c.d.e.f': { equals: 1 } }],
    ['for 500 values', { id: { in: values(500) } }],
    ['for 500 values in an address', { id: { in: values(500).join(',') } }],
    ['for a text with many commas', { name: { equals: ','.repeat(600) } }],
    ['that Payload refuses itself', { and: 'nonsense', id: null }],
  ])('%s is accepted', (_name, where) => {
    expect(refusalOf(where)).toBeNull()
  })

  it.each<[string, unknown]>([
    ['nested 6 deep', nested(6)],
    ['nested 5 000 deep', nested(5_000)],
    ['of 51 conditions', { or: many(51) }],
    ['of 51 conditions in two parts', { and: [{ or: many(25) }, { or: many(26) }] }],
    ['of many operators on one field', { a: Object.fromEntries(values(51).map((v) => [v, 1])) }],
    ['over 6 relations', { 'a.b.c.d.e.f.g': { equals: 1 } }],
    ['for 501 values', { id: { in: values(501) } }],
    ['for 501 values in an address', { id: { not_in: values(501).join(',') } }],
  ])('%s is refused', (_name, where) => {
    expect(refusalOf(where)).toMatchObject({ code: 'request.query-too-deep' })
  })

  it.each(['all', 'near', 'within', 'intersects'])('by "%s" is refused', (operator) => {
    expect(refusalOf({ or: [{ reference: { [operator]: 'x' } }] })).toMatchObject({
      code: 'request.invalid-query',
      details: { field: 'reference' },
    })
  })
})
