import { commitTransaction, createLocalReq, initTransaction, killTransaction } from 'payload'

import { recordAudit } from '../../src/platform/audit/recordAudit.ts'
import type { User } from '../../src/payload-types.ts'
import { createMerchant } from '../../test/support/cashbackFactories.ts'
import { createMachine, createPayment, createUser, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

type Row = Record<string, unknown> & { before: Record<string, unknown> | null } & {
  after: Record<string, unknown> | null
}
type Doc = { doc: { id: string } }

let product: Product
const people = {} as Record<User['role'], User>
const tokens = {} as Record<User['role'], string>
let merchant: string

beforeAll(async () => {
  product = await startProduct()
  for (const role of ['admin', 'finance', 'support', 'member'] as const) {
    people[role] = await createUser(product.payload, { role })
    tokens[role] = await signIn(product.payload, people[role])
  }
  merchant = (await createMerchant(product.payload)).id
})
afterAll(() => product.close())

const rowsOf = (subject: string, id?: string) =>
  product.sql<Row>(`select * from audit_logs where subject = '${subject}'
    and subject_id is not distinct from ${id ? `'${id}'` : 'null'} and action <> 'login'
    order by at, id`)
const asAdmin = <Body>(method: string, path: string, body?: unknown, headers = {}) =>
  product.rest<Body>(method, path, { authorization: tokens.admin, body, headers })
const newOffer = async () => {
  const data = { title: 'Sale', merchant, description: 'ten off' }
  return (await asAdmin<Doc>('POST', '/api/offers', data)).body.doc.id
}

describe('a change by the staff', () => {
  it('is recorded with its actor, time, address, reason and the created row', async () => {
    const { body, status } = await asAdmin<Doc>(
      'POST',
      '/api/offers',
      { title: 'Winter', merchant, description: 'boots' },
      {
        'x-tributary-client-ip': '203.0.113.7',
        'user-agent': 'Browser/1',
        'x-request-id': 'request-0001',
        'x-audit-reason': 'agreed with the shop',
      },
    )
    expect(status).toBe(201)
    const rows = await rowsOf('offers', body.doc.id)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      action: 'create',
      actor_id: people.admin.id,
      actor_email: people.admin.email,
      actor_role: 'admin',
      before: null,
      after: { title: 'Winter', merchant, description: 'boots', isActive: true },
      reason: 'agreed with the shop',
      ip: '203.0.113.7',
      user_agent: 'Browser/1',
      request_id: 'request-0001',
    })
    expect(Math.abs(Date.now() - Date.parse(String(rows[0]?.at)))).toBeLessThan(60_000)
  })

  it('is recorded for an update with the old and new values of the changed fields only', async () => {
    const id = await newOffer()
    await asAdmin('PATCH', `/api/offers/${id}`, { isActive: false })
    const [, update] = await rowsOf('offers', id)
    expect(update).toMatchObject({ action: 'update', ip: null, reason: null })
    expect(update?.before).toEqual({ isActive: true })
    expect(update?.after).toEqual({ isActive: false })
  })

  it.each(['?select[title]=true', '?depth=2'])(
    'is recorded completely, whichever fields and depth the request selects (%s)',
    async (query) => {
      const id = await newOffer()
      await asAdmin('PATCH', `/api/offers/${id}${query}`, { description: 'seven off' })
      const [, update] = await rowsOf('offers', id)
      expect([update?.before, update?.after]).toEqual([
        { description: 'ten off' },
        { description: 'seven off' },
      ])
    },
  )

  it('is not recorded when it changes nothing', async () => {
    const id = await newOffer()
    await asAdmin('PATCH', `/api/offers/${id}`, { description: 'ten off' })
    expect(await rowsOf('offers', id)).toHaveLength(1)
  })

  it('is recorded over GraphQL as over REST', async () => {
    const id = await newOffer()
    await product.graphql(
      `mutation { updateOffer(id: "${id}", data: { description: "twelve off" }) { id } }`,
      tokens.admin,
    )
    const [, update] = await rowsOf('offers', id)
    expect(update).toMatchObject({
      before: { description: 'ten off' },
      after: { description: 'twelve off' },
    })
  })

  it('is recorded for a deletion with the deleted row', async () => {
    const { id, email } = await createUser(product.payload)
    const { status } = await asAdmin('DELETE', `/api/users/${id}?select[name]=true`, {
      reason: 'requested their deletion',
    })
    expect(status).toBe(200)
    const [row] = await rowsOf('users', id)
    expect(row).toMatchObject({ action: 'delete', after: null, before: { email, role: 'member' } })
  })

  it('by finance is recorded with the row’s own reason', async () => {
    const { body } = await product.rest<Doc>('POST', '/api/adjustments', {
      authorization: tokens.finance,
      body: {
        member: people.member.id,
        effect: 'credit',
        amountMinor: 100,
        currency: 'INR',
        reason: 'goodwill for the delay',
      },
    })
    const [row] = await rowsOf('adjustments', body.doc.id)
    expect(row).toMatchObject({ actor_role: 'finance', reason: 'goodwill for the delay' })
  })

  it('by support is recorded', async () => {
    await product.rest('PATCH', `/api/users/${people.support.id}`, {
      authorization: tokens.support,
      body: { name: 'Support Desk' },
    })
    expect(await rowsOf('users', people.support.id)).toContainEqual(
      expect.objectContaining({ actor_role: 'support', after: { name: 'Support Desk' } }),
    )
  })

  it('of a global is recorded with its changed fields only', async () => {
    const { status } = await asAdmin(
      'POST',
      '/api/globals/affiliation-config',
      { rateBps: 900, reason: 'winter campaign' },
      {},
    )
    expect(status).toBe(200)
    const [row] = await rowsOf('affiliation-config')
    expect(row).toMatchObject({ action: 'update', reason: 'winter campaign' })
    expect(row?.before).toMatchObject({ rateBps: 1_000 })
    expect(row?.after).toEqual({ rateBps: 900, version: expect.any(Number) })
  })

  it('of a global by restoring an earlier version is recorded', async () => {
    await asAdmin('POST', '/api/globals/affiliation-config', { rateBps: 800 })
    const { body } = await asAdmin<{ docs: { id: string }[] }>(
      'GET',
      '/api/globals/affiliation-config/versions?limit=1',
    )
    const data = { rateBps: 2_500 }
    await product.payload.updateGlobal({ slug: 'affiliation-config', data })
    await asAdmin('POST', `/api/globals/affiliation-config/versions/${body.docs[0]?.id ?? ''}`)
    const rows = await rowsOf('affiliation-config')
    expect(rows.at(-1)).toMatchObject({ before: { rateBps: 2_500 }, after: { rateBps: 800 } })
  })
})

describe('an audit row and its change', () => {
  it('are both rolled back when the change is refused after it was written', async () => {
    const authorization = await createMachine(product.payload, ['payments:write'])
    const { id } = await createPayment(product.payload, { user: people.member.id })
    const path = `/api/payments/${id}`
    await product.rest('PATCH', path, { authorization, body: { amountMinor: 700 } })
    const before = await rowsOf('payments', id)
    expect(before).toHaveLength(1)
    await product.sql('alter table commissions add constraint no_more check (false) not valid')
    const body = { status: 'completed' }
    const { status } = await product.rest('PATCH', path, { authorization, body })
    await product.sql('alter table commissions drop constraint no_more')
    expect(status).toBeGreaterThanOrEqual(400)
    expect(await rowsOf('payments', id)).toEqual(before)
  })

  it('are rolled back or committed with the caller’s transaction', async () => {
    const { payload } = product
    for (const isKept of [false, true]) {
      const user = { ...people.admin, collection: 'users' as const }
      const req = await createLocalReq({ user }, payload)
      await initTransaction(req)
      const { id } = await payload.create({
        collection: 'users',
        data: {
          email: `${String(isKept)}@rollback.test`,
          password: 'long-enough-1',
          role: 'member',
        },
        req,
      })
      await (isKept ? commitTransaction(req) : killTransaction(req))
      expect(await rowsOf('users', id)).toHaveLength(isKept ? 1 : 0)
    }
  })

  it('are both missing when the audit row cannot be written', async () => {
    const id = await newOffer()
    await product.sql(
      `alter table audit_logs add constraint refuse check (action <> 'update') not valid`,
    )
    const { status } = await asAdmin('PATCH', `/api/offers/${id}`, { description: 'one off' })
    await product.sql('alter table audit_logs drop constraint refuse')
    expect(status).toBeGreaterThanOrEqual(400)
    expect(await product.sql(`select description from offers where id = '${id}'`)).toEqual([
      { description: 'ten off' },
    ])
  })
})

describe('a secret in the audit log', () => {
  it('that is a changed password is recorded as changed, and masked', async () => {
    const { id } = await createUser(product.payload)
    await asAdmin('PATCH', `/api/users/${id}`, { password: 'a-new-long-secret' })
    const [row] = await rowsOf('users', id)
    expect([row?.before, row?.after]).toEqual([{ password: '•••' }, { password: '•••' }])
  })

  it('that is a hash, a salt, a token or a key is in no row', async () => {
    const apiKey = 'k'.repeat(48)
    const { body } = await asAdmin<Doc>('POST', '/api/service-accounts', {
      name: 'checkout',
      scopes: ['payments:write'],
      enableAPIKey: true,
      apiKey,
    })
    await asAdmin('PATCH', `/api/service-accounts/${body.doc.id}`, { apiKey: 'j'.repeat(48) })
    await asAdmin('PATCH', `/api/service-accounts/${body.doc.id}`, { name: 'checkout 2' })
    const { id } = await createUser(product.payload)
    await product.rest('POST', '/api/users/forgot-password', {
      authorization: tokens.admin,
      body: { email: (await product.payload.findByID({ collection: 'users', id })).email },
    })
    await asAdmin('DELETE', `/api/users/${id}`)

    const kept = JSON.stringify(await product.sql('select before, after from audit_logs'))
    const secrets = await product.sql<{ secret: string }>(`
      select unnest(array[hash, salt, reset_password_token]) as secret from users
      union select unnest(array[api_key, api_key_index]) from service_accounts`)
    for (const { secret } of [...secrets, { secret: apiKey }, { secret: 'j'.repeat(48) }]) {
      if (secret) expect(kept).not.toContain(secret)
    }
    const [created, changed, renamed] = (await rowsOf('service-accounts', body.doc.id)).filter(
      ({ action }) => action !== 'change-requested',
    )
    expect(created?.after).toMatchObject({ name: 'checkout', apiKey: '•••', apiKeyIndex: '•••' })
    expect(changed?.after).toEqual({ apiKey: '•••', apiKeyIndex: '•••' })
    expect(renamed?.after).toEqual({ name: 'checkout 2' })
  })
})

describe('a change that is not by the staff', () => {
  it('by a member is not recorded', async () => {
    await product.rest('PATCH', `/api/users/${people.member.id}`, {
      authorization: tokens.member,
      body: { name: 'Myself' },
    })
    expect(await rowsOf('users', people.member.id)).toEqual([])
  })

  it('by a machine is recorded with its name, and what it wrote', async () => {
    const authorization = await createMachine(product.payload, ['payments:write'])
    const { body } = await product.rest<Doc>('POST', '/api/payments', {
      authorization,
      body: { reference: 'M-1', user: people.member.id, amountMinor: 1, currency: 'INR' },
    })
    await product.rest('PATCH', `/api/payments/${body.doc.id}`, {
      authorization,
      body: { status: 'failed' },
    })
    expect(await rowsOf('payments', body.doc.id)).toMatchObject([
      {
        action: 'create',
        actor_id: null,
        actor_email: 'machine',
        actor_role: 'service-accounts',
        before: null,
        after: { reference: 'M-1', amountMinor: 1, status: 'pending' },
      },
      { action: 'update', before: { status: 'pending' }, after: { status: 'failed' } },
    ])
  })

  it('by a machine that is refused leaves no record', async () => {
    const authorization = await createMachine(product.payload, ['payments:write'])
    const body = { reference: 'M-2', user: people.member.id, amountMinor: -1, currency: 'INR' }
    const { status } = await product.rest('POST', '/api/payments', { authorization, body })
    expect(status).toBe(400)
    expect(
      await product.sql(`select 1 from audit_logs where after ->> 'reference' = 'M-2'`),
    ).toEqual([])
  })

  it('by a registration or a job is not recorded', async () => {
    const registered = await product.rest<Doc>('POST', '/api/users', {
      body: { email: 'self@register.test', password: 'long-enough-1' },
    })
    const { id } = await createPayment(product.payload, { user: people.member.id })
    expect(await rowsOf('users', registered.body.doc.id)).toEqual([])
    expect(await rowsOf('payments', id)).toEqual([])
  })

  it('of a role is recorded for every actor', async () => {
    const { id } = await createUser(product.payload)
    await product.payload.update({ collection: 'users', id, data: { role: 'support', name: 'A' } })
    await product.payload.update({ collection: 'users', id, data: { name: 'B' } })
    expect(await rowsOf('users', id)).toMatchObject([
      { actor_id: null, before: { role: 'member' }, after: { role: 'support' } },
    ])
    expect(await rowsOf('users', people.finance.id)).toMatchObject([
      { action: 'create', actor_email: null, before: null, after: { role: 'finance' } },
    ])
  })
})

describe('recordAudit, called by a command or an endpoint', () => {
  it('records an actor who is not signed in within the caller’s transaction, and masks secrets', async () => {
    const req = await createLocalReq({}, product.payload)
    await initTransaction(req)
    await recordAudit({
      req,
      action: 'wallet-rebuild',
      subject: 'wallets',
      subjectId: 'w-1',
      after: { token: 'open' },
      reason: 'drift',
      actor: { id: null, email: 'ops@example.test', role: null },
    })
    expect(await rowsOf('wallets', 'w-1')).toEqual([])
    await commitTransaction(req)
    expect(await rowsOf('wallets', 'w-1')).toMatchObject([
      { actor_email: 'ops@example.test', after: { token: '•••' }, reason: 'drift' },
    ])
  })

  it('refuses to record outside a transaction', async () => {
    const req = await createLocalReq({}, product.payload)
    await expect(recordAudit({ req, action: 'x', subject: 'wallets' })).rejects.toMatchObject({
      code: 'ledger.no-transaction',
    })
  })
})

describe('deleting a user', () => {
  it('is refused with 409 for staff with entries in the audit log', async () => {
    const { body, status } = await asAdmin('DELETE', `/api/users/${people.support.id}`)
    expect(status).toBe(409)
    expect(body).toMatchObject({ errors: [{ code: 'user.has-history' }] })
  })

  it('is allowed for a member who has signed in', async () => {
    const member = await createUser(product.payload)
    await signIn(product.payload, member)
    expect((await asAdmin('DELETE', `/api/users/${member.id}`)).status).toBe(200)
  })
})
