import { buildSchema, type ExecutionArgs, parse, validate } from 'graphql'

import { limitGraphql } from './limitGraphql.ts'

/** Why a query is refused, null if it is accepted; and whether other rules read it. */
const check = (query: string, maxFields = 300) => {
  const document = parse(query)
  const args = { document, schema: buildSchema('type Query { f: Int }') } as ExecutionArgs
  const rules = limitGraphql(maxFields)(args)
  const [error] = validate(args.schema, args.document, rules, {}, undefined)
  return { code: error?.extensions.code ?? null, isHidden: args.document !== document }
}
const ACCEPTED = { code: null, isHidden: false }
const REFUSED = { code: 'request.query-too-deep', isHidden: true }

const nested = (levels: number): string => (levels === 1 ? 'f' : `f { ${nested(levels - 1)} }`)
const aliases = (count: number): string =>
  Array.from({ length: count }, (_, index) => `a${index}: f`).join(' ')

describe('a GraphQL query', () => {
  it.each([
    ['8 levels deep', `{ ${nested(8)} }`],
    ['of 300 aliases', `{ ${aliases(300)} }`],
    ['with fragments within the limits', 'query { f { ...A } } fragment A on T { g { h } }'],
    ['for the schema', `{ __schema { ${nested(20)} } }`],
  ])('%s is accepted', (_name, query) => {
    expect(check(query)).toEqual(ACCEPTED)
  })

  it.each([
    ['9 levels deep', `{ ${nested(9)} }`],
    ['9 levels deep by a fragment', `{ f { ...A } } fragment A on T { ${nested(8)} }`],
    ['9 levels deep by an inline fragment', `{ f { ... on T { ${nested(8)} } } }`],
    ['of 301 aliases', `{ ${aliases(301)} }`],
    ['of 301 fields in two operations', `query A { ${aliases(150)} } query B { ${aliases(151)} }`],
    [
      'with a fragment that spreads itself',
      '{ ...A } fragment A on T { f { ...B } } fragment B on T { ...A }',
    ],
    ['with an unused fragment of 301 fields', `{ f } fragment A on T { ${aliases(301)} }`],
    ['of 301 times its own type', `{ ${aliases(301).replaceAll(': f', ': __typename')} }`],
  ])('%s is refused, and no other rule reads it', (_name, query) => {
    expect(check(query)).toEqual(REFUSED)
  })

  it('with fragments that multiply to billions of fields is refused without delay', () => {
    const doubling = Array.from(
      { length: 40 },
      (_, index) => `fragment F${index} on T { ...F${index + 1} ...F${index + 1} }`,
    ).join(' ')
    expect(check(`{ ...F0 } ${doubling} fragment F40 on T { f }`)).toEqual(REFUSED)
  })
})
