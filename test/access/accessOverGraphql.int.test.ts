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
import { type AccessRole, listEntities, findReach, createRequestAs } from './accessMatrix.ts'
import { createMachine, createUser, signIn } from '../support/factories.ts'
import { type Product, startProduct } from '../support/startProduct.ts'

const schema = buildSchema(fs.readFileSync(path.join(projectRoot(), 'docs/schema.graphql'), 'utf8'))
const NOWHERE = '00000000-0000-7000-8000-000000000001'

let product: Product
const tokens = new Map<AccessRole, string | undefined>([['anonymous', undefined]])
beforeAll(async () => {
  product = await startProduct()
  const { payload } = product
  for (const role of ['member', 'support', 'finance', 'admin'] as const) {
    tokens.set(role, await signIn(payload, await createUser(payload, { role })))
  }
  for (const scope of [
    'payments:write',
    'refunds:write',
    'members:read',
    'catalogue:read',
  ] as const) {
    tokens.set(scope, await createMachine(payload, [scope]))
  }
})
afterAll(() => product.close())

/** Root fields for sign-in and for the own account, which are tested elsewhere. */
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

/** Finds the access rule of a root field; undefined if this test does not know the field. */
const findRule = (field: string) => {
  const { collections, globals } = listEntities(product.payload)
  for (const entity of [...collections, ...globals]) {
    const plural = pascal(entity.slug)
    const names = [plural, plural.replace(/s$/, ''), plural.replace(/es$/, ''), `${plural}s`]
    for (const [verb, operation] of Object.entries(OPERATIONS)) {
      if (names.some((name) => field === `${verb}${name}`)) return { entity, operation }
    }
  }
  return undefined
}

/** Formats the smallest valid value of a type, so that only access can refuse the query. */
const formatLiteral = (type: GraphQLInputType): string => {
  if (isNonNullType(type)) return formatLiteral(type.ofType)
  if (isListType(type)) return '[]'
  if (isEnumType(type)) return type.getValues()[0]?.name ?? ''
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type))
    return `{ ${fields.map((field) => `${field.name}: ${formatLiteral(field.type)}`).join(', ')} }`
  }
  const scalars: Record<string, string> = { Int: '1', Float: '1', Boolean: 'true', JSON: '{}' }
  return scalars[type.name] ?? (type.name === 'EmailAddress' ? '"a@b.test"' : `"${NOWHERE}"`)
}

const formatField = ({ args, name, type }: GraphQLField<unknown, unknown>) => {
  const needed = args.filter((arg) => isNonNullType(arg.type) || arg.name === 'id')
  const given = needed.map((arg) => `${arg.name}: ${formatLiteral(arg.type)}`).join(', ')
  return `${name}${given && `(${given})`}${isLeafType(getNamedType(type)) ? '' : ' { __typename }'}`
}

/** Creates a version of a global: Payload reads the version before it evaluates the rule. */
const createVersion = async (slug: string) => {
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

describe('over GraphQL a role without access is refused and others are not:', () => {
  it.each(rootFields)('%s (%s)', async (name, kind, field) => {
    if (OPEN.test(name)) return
    const rule = findRule(name)
    expect([name, rule !== undefined]).toEqual([name, true])
    if (!rule) return
    for (const [role, authorization] of tokens) {
      const reach = await findReach(
        rule.entity,
        rule.operation,
        await createRequestAs(product.payload, role),
      )
      const query = `${kind.toLowerCase()} { ${formatField(field)} }`.replace(
        NOWHERE,
        name.startsWith('restoreVersion') ? await createVersion(rule.entity.slug) : NOWHERE,
      )
      const { body } = await product.graphql(query, authorization)
      const messages = (body.errors ?? []).map(({ message }) => message).join(' ')
      const label = `${role}: ${query}: ${messages}`
      expect([
        label,
        /Unknown|must be|Expected|of required type|is required, but|Syntax/.test(messages),
      ]).toEqual([label, false])
      // Where a rule restricts the rows, Payload may refuse or find nothing: there is no such row.
      if (reach !== 'own' && !name.startsWith('duplicate')) {
        expect([label, /not allowed/i.test(messages)]).toEqual([label, reach === 'none'])
      }
      if (reach === 'none') expect(body.data?.[name] ?? null).toBeNull()
    }
  })
})
