import type { Adjustment, User } from '../../src/payload-types.ts'
import { aUser, readBalance, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
const tokens: Record<string, string> = {}
beforeAll(async () => {
  product = await startProduct()
  for (const role of ['finance', 'admin', 'support', 'member'] as const) {
    tokens[role] = await signIn(product.payload, await aUser(product.payload, { role }))
  }
})
afterAll(() => product.close())

const ask = (member: User, over: object, role = 'finance') =>
  product.rest<{ doc: Adjustment }>('POST', '/api/adjustments', {
    authorization: tokens[role],
    body: {
      member: member.id,
      effect: 'credit',
      amountMinor: 10_000,
      currency: 'INR',
      reason: 'goodwill',
      ...over,
    },
  })
const decide = (id: string, verb: string, role: string) =>
  product.rest('POST', `/api/adjustments/${id}/${verb}`, { authorization: tokens[role] })

describe('an adjustment', () => {
  it('posts at once up to the limit, with its reason', async () => {
    const member = await aUser(product.payload)
    const { body, status } = await ask(member, { amountMinor: 500_000 })
    expect(status).toBe(201)
    expect(body.doc).toMatchObject({ status: 'posted' })
    expect(await readBalance(product.payload, member.id)).toBe(500_000)
    await ask(member, { effect: 'debit', amountMinor: 200_000 })
    expect(await readBalance(product.payload, member.id)).toBe(300_000)
  })

  it('above the limit moves nothing until another person approves it, and then once', async () => {
    const member = await aUser(product.payload)
    const { body } = await ask(member, { amountMinor: 500_001 })
    expect(body.doc.status).toBe('pending')
    expect(await readBalance(product.payload, member.id)).toBe(0)

    expect((await decide(body.doc.id, 'approve', 'finance')).body).toMatchObject({
      errors: [{ code: 'adjustment.own' }],
    })
    const answers = await Promise.all([1, 2, 3].map(() => decide(body.doc.id, 'approve', 'admin')))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    expect(await readBalance(product.payload, member.id)).toBe(500_001)
  })

  it('that is rejected moves nothing, for ever', async () => {
    const member = await aUser(product.payload)
    const { body } = await ask(member, { currency: 'USD' })
    expect((await decide(body.doc.id, 'reject', 'admin')).status).toBe(200)
    expect((await decide(body.doc.id, 'approve', 'admin')).status).toBe(409)
    expect(await readBalance(product.payload, member.id, 'USD')).toBe(0)
  })

  it.each(['support', 'member'])('is not for %s', async (role) => {
    const member = await aUser(product.payload)
    expect((await ask(member, {}, role)).status).toBe(403)
    const { body } = await ask(member, { amountMinor: 600_000 })
    expect([403, 404]).toContain((await decide(body.doc.id, 'approve', role)).status)
    expect(await readBalance(product.payload, member.id)).toBe(0)
  })

  it('cannot take more than is there, and leaves nothing of itself', async () => {
    const member = await aUser(product.payload)
    const { body, status } = await ask(member, { effect: 'debit' })
    expect(status).toBe(409)
    expect(body).toMatchObject({ errors: [{ code: 'wallet.insufficient-funds' }] })
    expect(await product.sql(`select 1 from adjustments where member_id = '${member.id}'`)).toEqual(
      [],
    )
  })

  it('cannot be posted, decided or attributed by its sender', async () => {
    const member = await aUser(product.payload)
    await ask(member, {
      amountMinor: 700_000,
      status: 'posted',
      decidedBy: member.id,
      requestedBy: member.id,
    })
    expect(await readBalance(product.payload, member.id)).toBe(0)
    const [row] = await product.sql<Record<string, unknown>>(
      `select status::text, decided_by_id, requested_by_id from adjustments where member_id = '${member.id}'`,
    )
    if (row) {
      expect(row).toMatchObject({ status: 'pending', decided_by_id: null })
      expect(row.requested_by_id).not.toBe(member.id)
    }
  })

  it('rebuilds a wrong balance only with a second person, and stores both and the reason', async () => {
    const member = await aUser(product.payload)
    await ask(member, {})
    await product.sql(`update wallets set balance_minor = 99 where owner_id = '${member.id}'`)
    const { body, status } = await ask(member, {
      effect: 'rebuild',
      amountMinor: undefined,
      reason: 'changed by hand',
    })
    expect(status).toBe(201)
    expect(body.doc).toMatchObject({ status: 'pending', amountMinor: 0 })
    expect(await readBalance(product.payload, member.id)).toBe(99)

    expect((await decide(body.doc.id, 'approve', 'finance')).status).toBe(403)
    expect((await decide(body.doc.id, 'approve', 'admin')).status).toBe(200)
    expect(await readBalance(product.payload, member.id)).toBe(10_000)
    expect(
      await product.sql(`select action, subject, reason, before, after ->> 'status' as status,
        after ->> 'balanceMinor' as balance from audit_logs
        where actor_role = 'admin' and reason = 'changed by hand' order by at`),
    ).toMatchObject([
      { action: 'rebuild', subject: 'wallets', before: { balanceMinor: 99 }, balance: '10000' },
      { action: 'approve', subject: 'adjustments', status: 'posted' },
    ])
  })

  it('is never approved by its member, nor posted at once to its requester', async () => {
    const { payload } = product
    const finance = await aUser(payload, { role: 'finance' })
    const own = await signIn(payload, finance)
    const { body } = await ask(finance, { amountMinor: 500_001 }, 'admin')
    const decided = await product.rest('POST', `/api/adjustments/${body.doc.id}/approve`, {
      authorization: own,
    })
    expect([decided.status, decided.body]).toMatchObject([
      403,
      { errors: [{ code: 'adjustment.own' }] },
    ])

    const asked = await product.rest<{ doc: Adjustment }>('POST', '/api/adjustments', {
      authorization: own,
      body: {
        member: finance.id,
        effect: 'credit',
        amountMinor: 1,
        currency: 'INR',
        reason: 'goodwill',
      },
    })
    expect(asked.body.doc.status).toBe('pending')
    expect(await readBalance(payload, finance.id)).toBe(0)
  })

  it('in parts counts as one: what is above the limit within a day waits', async () => {
    const member = await aUser(product.payload)
    const answers = await Promise.all([1, 2, 3].map(() => ask(member, { amountMinor: 200_000 })))
    expect(answers.map(({ body }) => body.doc.status).sort()).toEqual([
      'pending',
      'posted',
      'posted',
    ])
    expect(await readBalance(product.payload, member.id)).toBe(400_000)
  })

  it('of a wallet that is not there answers so, and stays pending', async () => {
    const { body } = await ask(await aUser(product.payload), { effect: 'rebuild', amountMinor: 0 })
    expect((await decide(body.doc.id, 'approve', 'admin')).status).toBe(404)
    expect(
      await product.sql(`select status::text from adjustments where id = '${body.doc.id}'`),
    ).toEqual([{ status: 'pending' }])
  })
})
