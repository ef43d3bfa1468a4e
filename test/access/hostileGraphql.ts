import fc from 'fast-check'
import {
  type GraphQLField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  getNamedType,
} from 'graphql'

import { text, value } from './hostileValues.ts'

export type HostileQuery = { query: string; variables: Record<string, unknown> }

/** A query of one root field with hostile arguments, as variables or within its text. */
export const queryOf = (
  kind: 'mutation' | 'query',
  { args, name, type }: GraphQLField<unknown, unknown>,
): fc.Arbitrary<HostileQuery> => {
  const given = fc.record(Object.fromEntries(args.map((arg) => [arg.name, argumentOf(arg.type)])), {
    requiredKeys: args.filter((arg) => isNonNullType(arg.type)).map((arg) => arg.name),
  })
  const fields = isLeafType(getNamedType(type)) ? '' : ' { __typename }'
  return fc.tuple(given, fc.integer({ min: 0, max: 3 })).map(([all, form]) => {
    const names = Object.keys(all)
    const list = (entries: string[]) => (entries.length > 0 ? `(${entries.join(', ')})` : '')
    if (form === 0) {
      const inline = list(names.map((key) => `${key}: ${printLiteral(all[key])}`))
      return { query: `${kind} { ${name}${inline}${fields} }`, variables: {} }
    }
    const declared = list(
      args
        .filter((arg) => names.includes(arg.name))
        .map((arg) => `$${arg.name}: ${String(arg.type)}`),
    )
    const used = list(names.map((key) => `${key}: $${key}`))
    return { query: `${kind} ${declared} { ${name}${used}${fields} }`, variables: all }
  })
}

/** A value of the type with hostile parts; now and then a value of any type. */
const argumentOf = (type: GraphQLInputType, level = 0): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 12, arbitrary: typed(type, level) },
    { weight: 1, arbitrary: level === 0 ? value : typed(type, level) },
  )

const typed = (type: GraphQLInputType, level: number): fc.Arbitrary<unknown> => {
  if (isNonNullType(type)) return argumentOf(type.ofType, level)
  if (isListType(type)) {
    return fc.array(argumentOf(type.ofType, level + 1), { maxLength: level > 4 ? 0 : 3 })
  }
  if (isEnumType(type))
    return fc.constantFrom(...type.getValues().map((one) => one.value as unknown))
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields())
    return fc
      .uniqueArray(fc.constantFrom(...fields), { minLength: 1, maxLength: level > 4 ? 1 : 2 })
      .chain((some) => {
        const needed = fields.filter((field) => isNonNullType(field.type))
        const all = [...new Set([...some, ...needed])]
        return fc.record(
          Object.fromEntries(
            all.map((field) => [
              field.name,
              level > 6 ? fc.constant(null) : argumentOf(field.type, level + 1),
            ]),
          ),
        )
      })
  }
  return SCALARS[type.name] ?? text
}

const DATES = [
  '2026-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
  '0001-01-01T00:00:00Z',
  '2026-02-30T00:00:00Z',
]
const SCALARS: Record<string, fc.Arbitrary<unknown>> = {
  Boolean: fc.boolean(),
  DateTime: fc.constantFrom(...DATES, '+275760-09-13T00:00:00.000Z', 'x'),
  EmailAddress: fc.constantFrom('a@b.test', 'A@B.TEST', `${'x'.repeat(64)}@b.test`, 'x'),
  Float: fc.constantFrom(0, -1, 1.5, 1e308, -(2 ** 63), 2 ** 31),
  Int: fc.constantFrom(0, 1, -1, 2_147_483_647, -2_147_483_648, 2 ** 31, 1.5),
  JSON: value,
  JSONObject: value,
}

/** GraphQL's text of a value. Names of enums are sent as texts, which is refused. */
const printLiteral = (given: unknown): string => {
  if (Array.isArray(given)) return `[${given.map(printLiteral).join(', ')}]`
  if (typeof given === 'object' && given !== null) {
    const entries = Object.entries(given).map(([key, item]) => `${key}: ${printLiteral(item)}`)
    return `{${entries.join(', ')}}`
  }
  return JSON.stringify(given) ?? 'null'
}
