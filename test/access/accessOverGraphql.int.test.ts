import fs from 'node:fs'
import path from 'node:path'

import {
  buildSchema,
  type GraphQLField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  getNamedType,
} from 'graphql'

import { projectRoot } from '../../src/platform/projectRoot.ts'
import { type AccessRole, entitiesOf, reachOf, requestAs } from './accessMatrix.ts'
import { aMachine, aUser, signIn } from '../support/factories.ts'
import { type Product, startProduct } from '../support/startProduct.ts'

const schema = buildSchema(fs.readFileSync(path.join(projectRoot(), 'docs/schema.graphql'), 'utf8'))
const NOWHERE = '00000000-0000-7000-8000-000000000001'

let product: Product
const tokens = new Map<AccessRole, string | undefined>([['anonymous', undefined]])
beforeAll(async () => {
  product = await startProduct()
  const { payload } = product
  for (const role of ['member', 'support', 'finance', 'admin'] as const) {
    tokens.set(role, await signIn(payload, await aUser(payload, { role })))
  }
  for (const scope of [
    'payments:write',
    'refunds:write',
    'members:read',
    'catalogue:read',
  ] as const) {
    tokens.set(scope, await aMachine(payload, [scope]))
  }
})
afterAll(() => product.close())

/** Signing in and what everybody may ask about themselves; tested apart. */
const OPEN =
  /^(docAccess\w+|meUser|initializedUser|Access|(refreshToken|logout|unlock|login|forgotPassword|resetPassword|verifyEmail)User)$/

const OPERATIONS = {
  create: 'create',
  update: 'update',
  delete: 'delete',
  duplicate: 'create',
  restoreVersion: 'update',
  versions: 'readVersions',
  version: 'readVersions',
  count: 'read',
  '': 'read',
} as const

const pascal = (slug: string) =>
  slug.replace(/(^|-)(\w)/g, (_match, _dash, letter: string) => letter.toUpperCase())

/** The rule that a root field of the schema stands under; undefined for one nobody thought of. */
const ruleOf = (field: string) => {
  const { collections, globals } = entitiesOf(product.payload)
  for (const entity of [...collections, ...globals]) {
    const plural = pascal(entity.slug)
    const names = [plural, plural.replace(/s$/, ''), `${plural}s`]
    for (const [verb, operation] of Object.entries(OPERATIONS)) {
      if (names.some((name) => field === `${verb}${name}`)) return { entity, operation }
    }
  }
  return undefined
}

/** The smallest value that a type takes, so that only access is left to refuse it. */
const literalOf = (type: GraphQLInputType): string => {
  if (isNonNullType(type)) return literalOf(type.ofType)
  if (isListType(type)) return '[]'
  if (isEnumType(type)) return type.getValues()[0]?.name ?? ''
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type))
    return `{ ${fields.map((field) => `${field.name}: ${literalOf(field.type)}`).join(', ')} }`
  }
  const scalars: Record<string, string> = { Int: '1', Float: '1', Boolean: 'true', JSON: '{}' }
  return scalars[type.name] ?? (type.name === 'EmailAddress' ? '"a@b.test"' : `"${NOWHERE}"`)
}

const call = ({ args, name, type }: GraphQLField<unknown, unknown>) => {
  const needed = args.filter((arg) => isNonNullType(arg.type) || arg.name === 'id')
  const given = needed.map((arg) => `${arg.name}: ${literalOf(arg.type)}`).join(', ')
  return `${name}${given && `(${given})`}${isLeafType(getNamedType(type)) ? '' : ' { __typename }'}`
}

/** A version is looked for before the rule is asked: only one that is there shows the rule. */
const aVersion = async (slug: string) => {
  await product.payload.updateGlobal({ slug: slug as 'affiliation-config', data: {} })
  const table = `_${slug.replaceAll('-', '_')}_v`
  const [row] = await product.sql<{ id: string }>(`select id from ${table} limit 1`)
  return row?.id ?? NOWHERE
}

const rootFields = (['Query', 'Mutation'] as const).flatMap((kind) =>
  Object.values(schema.getType(kind) ? rootOf(kind).getFields() : {}).map(
    (field) => [field.name, kind, field] as const,
  ),
)
function rootOf(kind: 'Mutation' | 'Query') {
  const root = kind === 'Query' ? schema.getQueryType() : schema.getMutationType()
  if (!root) throw new Error(`The schema has no ${kind}.`)
  return root
}

describe('over GraphQL a role gets what the rule says from', () => {
  it.each(rootFields)('%s (%s)', async (name, kind, field) => {
    if (OPEN.test(name)) return
    const rule = ruleOf(name)
    expect([name, rule !== undefined]).toEqual([name, true])
    if (!rule) return
    for (const [role, authorization] of tokens) {
      const reach = await reachOf(
        rule.entity,
        rule.operation,
        await requestAs(product.payload, role),
      )
      const query = `${kind.toLowerCase()} { ${call(field)} }`.replace(
        NOWHERE,
        name.startsWith('restoreVersion') ? await aVersion(rule.entity.slug) : NOWHERE,
      )
      const { body } = await product.graphql(query, authorization)
      const told = (body.errors ?? []).map(({ message }) => message).join(' ')
      const label = `${role}: ${query}: ${told}`
      expect([
        label,
        /Unknown|must be|Expected|of required type|is required, but|Syntax/.test(told),
      ]).toEqual([label, false])
      // Of a row that is not there Payload answers either, where only one's own are reached.
      if (reach !== 'own' && !name.startsWith('duplicate')) {
        expect([label, /not allowed/i.test(told)]).toEqual([label, reach === 'none'])
      }
      if (reach === 'none') expect(body.data?.[name] ?? null).toBeNull()
    }
  })
})
