import { randomBytes } from 'node:crypto'

import type { ServiceAccount, User } from '../../src/payload-types.ts'
import { createUser, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

type Doc = ServiceAccount & { pendingChange?: { id: string; changes: object[] } | null }

let product: Product
let admins: User[]
let first: string
let second: string
beforeAll(async () => {
  product = await startProduct()
  const create = () => createUser(product.payload, { role: 'admin' })
  admins = [await create(), await create()]
  const tokens = await Promise.all(admins.map((admin) => signIn(product.payload, admin)))
  ;[first = '', second = ''] = tokens
})
afterAll(() => product.close())

const newKey = () => randomBytes(24).toString('hex')
const createMachine = async (scopes: ServiceAccount['scopes'] = ['members:read']) => {
  const apiKey = newKey()
  const data = { name: 'robot', scopes, enableAPIKey: true, apiKey }
  const { id } = await product.payload.create({ collection: 'service-accounts', data })
  return { id, apiKey }
}
const save = async (id: string, body: object): Promise<Doc> => {
  const answer = await product.rest<{ doc: Doc }>('PATCH', `/api/service-accounts/${id}`, {
    authorization: first,
    body,
  })
  expect([answer.status, answer.body]).toMatchObject([200, {}])
  return answer.body.doc
}
const approve = ({ pendingChange }: Doc) =>
  product.rest('POST', `/api/change-requests/${pendingChange?.id ?? ''}/approve`, {
    authorization: second,
    body: {},
  })
/** What a key is answered: 200 while it reads members. */
const use = async (apiKey: string): Promise<number> => {
  const authorization = `service-accounts API-Key ${apiKey}`
  return (await product.rest('GET', '/api/users?limit=1', { authorization })).status
}

describe('a new key of a machine with scopes', () => {
  it('waits while the old one works, and replaces it when a second admin approves it', async () => {
    const { apiKey, id } = await createMachine()
    const mine = newKey()
    const doc = await save(id, { apiKey: mine, name: 'renamed' })
    expect(doc).toMatchObject({
      name: 'renamed',
      pendingChange: { changes: [{ field: 'apiKey', before: null, after: null }] },
    })
    expect([await use(mine), await use(apiKey)]).toEqual([403, 200])

    expect((await approve(doc)).status).toBe(200)
    expect([await use(mine), await use(apiKey)]).toEqual([200, 403])
  })

  it('is not readable while it waits', async () => {
    const { id } = await createMachine()
    const mine = newKey()
    await save(id, { apiKey: mine })
    const [kept] = await product.sql(`select
      (select jsonb_agg(to_jsonb(c)) from change_requests c) as changes,
      (select jsonb_agg(to_jsonb(n)) from notifications n) as sent,
      (select jsonb_agg(to_jsonb(a)) from audit_logs a) as audited`)
    expect(JSON.stringify(kept)).not.toContain(mine)
  })

  it('waits when many machines are changed together', async () => {
    const { id } = await createMachine()
    const mine = newKey()
    await product.rest('PATCH', `/api/service-accounts?where[id][equals]=${id}`, {
      authorization: first,
      body: { apiKey: mine },
    })
    expect(await use(mine)).toBe(403)
  })

  it('waits when the old one is switched off with it, which ends at once', async () => {
    const { apiKey, id } = await createMachine()
    const mine = newKey()
    await save(id, { enableAPIKey: false, apiKey: mine })
    expect([await use(mine), await use(apiKey)]).toEqual([403, 403])
  })
})

it('a key that is switched on waits, and one that is taken away or switched off does not', async () => {
  const { apiKey, id } = await createMachine()
  expect((await save(id, { apiKey: null })).pendingChange ?? null).toBeNull()
  expect(await use(apiKey)).toBe(403)
  expect((await save(id, { enableAPIKey: false })).pendingChange ?? null).toBeNull()
  const on = await save(id, { enableAPIKey: true })
  expect([on.enableAPIKey, on.pendingChange?.changes]).toMatchObject([
    false,
    [{ field: 'enableAPIKey', after: true }],
  ])
})

it('a machine without scopes gets a new key at once', async () => {
  const { id } = await createMachine([])
  expect((await save(id, { apiKey: newKey() })).pendingChange ?? null).toBeNull()
})
