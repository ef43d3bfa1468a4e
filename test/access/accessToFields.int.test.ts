import { createLocalReq, type FlattenedField, type PayloadRequest, type TypedUser } from 'payload'

import type { User } from '../../src/payload-types.ts'
import { type AccessRole, listEntities } from './accessMatrix.ts'
import {
  createMachine,
  createPayment,
  createReferral,
  createUser,
  signIn,
} from '../support/factories.ts'
import { createPayoutRows } from '../support/createPayoutRows.ts'
import { type Product, startProduct } from '../support/startProduct.ts'

type Doc = Record<string, unknown> & { id: string }
type Field = FlattenedField & { access?: Record<string, (args: object) => unknown> }
type Person = { authorization: string; user: TypedUser }

let product: Product
const people = new Map<AccessRole, Person>()

beforeAll(async () => {
  product = await startProduct()
  const { payload } = product
  const { affiliate, buyer } = await createReferral(payload, { phone: '+919845066620' })
  await createPayment(payload, { user: buyer.id, status: 'completed' })
  const add = async (role: AccessRole, user: User) =>
    people.set(role, {
      authorization: await signIn(payload, user),
      user: { ...user, collection: 'users' },
    })
  await add('member', affiliate)
  for (const role of ['support', 'finance', 'admin'] as const) {
    await add(role, await createUser(payload, { role }))
  }
  await createPayoutRows(product, affiliate.id)
  for (const scope of ['payments:write', 'refunds:write', 'members:read'] as const) {
    const authorization = await createMachine(payload, [scope])
    const user = { id: 'machine', collection: 'service-accounts', scopes: [scope] }
    people.set(scope, { authorization, user: user as never })
  }
})
afterAll(() => product.close())

const findCollection = (slug: string) => {
  const found = listEntities(product.payload).collections.find((known) => known.slug === slug)
  if (!found) throw new Error(`no ${slug}`)
  return found
}
const SLUGS = [
  'users',
  'payments',
  'refunds',
  'wallets',
  'wallet-transactions',
  'commissions',
  'adjustments',
  'audit-logs',
  'withdrawals',
  'withdrawal-approvals',
  'payout-methods',
  'payout-attempts',
  'payout-batches',
  'payout-result-files',
  'tax-ids',
]

/** Lists the fields of a returned row that its reader may not read, populated rows included. */
const findLeaks = async (slug: string, doc: Doc, user: TypedUser, at = slug): Promise<string[]> => {
  const req = await createLocalReq({ user }, product.payload)
  const leaks: string[] = []
  for (const field of findCollection(slug).flattenedFields as Field[]) {
    const value = doc[field.name]
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue
    const where = `${at}.${field.name}`
    const rule = field.access?.read
    if (('hidden' in field && field.hidden) || (rule && !(await rule({ req, id: doc.id, doc })))) {
      leaks.push(where)
    }
    if (field.type === 'relationship' && isDoc(value) && typeof field.relationTo === 'string') {
      const reach = await findCollection(field.relationTo).access.read?.({ req })
      if (!reach) leaks.push(where)
      leaks.push(...(await findLeaks(field.relationTo, value, user, where)))
    }
  }
  return leaks
}
const isDoc = (value: unknown): value is Doc => typeof value === 'object' && value !== null

describe('no response has a field, or a populated row, that its reader may not read:', () => {
  it.each(SLUGS)('%s, three relations deep', async (slug) => {
    const seen = new Set<AccessRole>()
    for (const [role, { authorization, user }] of people) {
      const { body } = await product.rest<{ docs?: Doc[] }>('GET', `/api/${slug}?depth=3`, {
        authorization,
      })
      for (const doc of body.docs ?? []) {
        seen.add(role)
        expect([role, await findLeaks(slug, doc, user)]).toEqual([role, []])
      }
    }
    if (slug !== 'refunds' && slug !== 'adjustments') expect(seen).toContain('admin')
  })
})

describe('a request to change a field without the right to write it changes nothing:', () => {
  const guesses = ['admin', 'x', 1, true, '2030-01-01T00:00:00.000Z', null]
  const loadRow = async (table: string, id: string) => {
    const [row] = await product.sql<{ row: object }>(
      `select to_jsonb(t) - 'updated_at' as row from ${table} t where id = '${id}'`,
    )
    return row?.row
  }

  it.each(['member', 'support', 'finance', 'admin'] as const)(
    'of their own account, by %s',
    async (role) => {
      const person = people.get(role) as Person
      const { id } = person.user
      const before = await loadRow('users', id)
      for (const field of findCollection('users').flattenedFields as Field[]) {
        const rule = field.access?.update
        const isOpen =
          !rule || (await rule({ req: person as unknown as PayloadRequest, id: id, doc: { id } }))
        if (isOpen) continue
        for (const guess of guesses) {
          await product.rest('PATCH', `/api/users/${id}`, {
            authorization: person.authorization,
            body: { [field.name]: guess },
          })
        }
      }
      expect(await loadRow('users', id)).toEqual(before)
    },
  )

  it.each([
    ['an admin', 'admin'],
    ['a machine', 'payments:write'],
  ] as const)('of a completed payment, by %s', async (_who, role) => {
    const { authorization } = people.get(role) as Person
    const [payment] = await product.sql<{ id: string }>(`select id from payments limit 1`)
    const id = payment?.id ?? ''
    const before = await loadRow('payments', id)
    for (const { name } of findCollection('payments').flattenedFields) {
      for (const guess of guesses) {
        await product.rest('PATCH', `/api/payments/${id}`, {
          authorization,
          body: { [name]: guess },
        })
      }
    }
    expect(await loadRow('payments', id)).toEqual({ ...before, reference: expect.any(String) })
  })

  it('of the user of a payment: a nested row in the body is not written', async () => {
    const { authorization } = people.get('payments:write') as Person
    const member = people.get('member')?.user.id
    const before = await loadRow('users', member ?? '')
    await product.rest('POST', '/api/payments', {
      authorization,
      body: {
        reference: 'nested',
        user: { id: member, role: 'admin', name: 'taken over' },
        amountMinor: 1_000,
        currency: 'INR',
      },
    })
    expect(await loadRow('users', member ?? '')).toEqual(before)
  })
})
