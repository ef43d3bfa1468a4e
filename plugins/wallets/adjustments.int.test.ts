import type { Adjustment, User } from '../../src/payload-types.ts'
import { createUser, readBalance, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
const tokens: Record<string, string> = {}
beforeAll(async () => {
  product = await startProduct()
  for (const role of ['finance', 'admin', 'support', 'member'] as const) {
    tokens[role] = await signIn(product.payload, await createUser(product.payload, { role }))
  }
})
afterAll(() => product.close())
// The limits also count what one person moves in a day: each test has a person of its own.
beforeEach(async () => {
  tokens.finance = await signIn(
    product.payload,
    await createUser(product.payload, { role: 'finance' }),
  )
})

const request = (member: User, over: object, role = 'finance') =>
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
  it('is posted at once up to the limit', async () => {
    const member = await createUser(product.payload)
    const { body, status } = await request(member, { amountMinor: 500_000 })
    expect(status).toBe(201)
    expect(body.doc).toMatchObject({ status: 'posted' })
    expect(await readBalance(product.payload, member.id)).toBe(500_000)
    await request(member, { effect: 'debit', amountMinor: 200_000 })
    expect(await readBalance(product.payload, member.id)).toBe(300_000)
  })

  it('above the limit moves nothing until another person approves it, and is then posted once', async () => {
    const member = await createUser(product.payload)
    const { body } = await request(member, { amountMinor: 500_001 })
    expect(body.doc.status).toBe('pending')
    expect(await readBalance(product.payload, member.id)).toBe(0)

    expect((await decide(body.doc.id, 'approve', 'finance')).body).toMatchObject({
      errors: [{ code: 'adjustment.own' }],
    })
    const answers = await Promise.all([1, 2, 3].map(() => decide(body.doc.id, 'approve', 'admin')))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    expect(await readBalance(product.payload, member.id)).toBe(500_001)
  })

  it('that is rejected moves nothing and cannot be approved', async () => {
    const member = await createUser(product.payload)
    const { body } = await request(member, { currency: 'USD' })
    expect((await decide(body.doc.id, 'reject', 'admin')).status).toBe(200)
    expect((await decide(body.doc.id, 'approve', 'admin')).status).toBe(409)
    expect(await readBalance(product.payload, member.id, 'USD')).toBe(0)
  })

  it.each(['support', 'member'])('can be neither requested nor approved by %s', async (role) => {
    const member = await createUser(product.payload)
    expect((await request(member, {}, role)).status).toBe(403)
    const { body } = await request(member, { amountMinor: 600_000 })
    expect([403, 404]).toContain((await decide(body.doc.id, 'approve', role)).status)
    expect(await readBalance(product.payload, member.id)).toBe(0)
  })

  it('above the balance is refused and not stored', async () => {
    const member = await createUser(product.payload)
    const { body, status } = await request(member, { effect: 'debit' })
    expect(status).toBe(409)
    expect(body).toMatchObject({ errors: [{ code: 'wallet.insufficient-funds' }] })
    expect(await product.sql(`select 1 from adjustments where member_id = '${member.id}'`)).toEqual(
      [],
    )
  })

  it('ignores a status, a decider and a requester in the request', async () => {
    const member = await createUser(product.payload)
    await request(member, {
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

  it('rebuilds a wrong balance only with a second person, and audits both balances and the reason', async () => {
    const member = await createUser(product.payload)
    await request(member, {})
    await product.sql(`update wallets set balance_minor = 99 where owner_id = '${member.id}'`)
    const { body, status } = await request(member, {
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

  it('cannot be approved by its member, and waits if its requester is the member', async () => {
    const { payload } = product
    const finance = await createUser(payload, { role: 'finance' })
    const own = await signIn(payload, finance)
    const { body } = await request(finance, { amountMinor: 500_001 }, 'admin')
    const decided = await product.rest('POST', `/api/adjustments/${body.doc.id}/approve`, {
      authorization: own,
    })
    expect([decided.status, decided.body]).toMatchObject([
      403,
      { errors: [{ code: 'adjustment.own' }] },
    ])

    const requested = await product.rest<{ doc: Adjustment }>('POST', '/api/adjustments', {
      authorization: own,
      body: {
        member: finance.id,
        effect: 'credit',
        amountMinor: 1,
        currency: 'INR',
        reason: 'goodwill',
      },
    })
    expect(requested.body.doc.status).toBe('pending')
    expect(await readBalance(payload, finance.id)).toBe(0)
  })

  it('waits if the sum of a day is above the limit', async () => {
    const member = await createUser(product.payload)
    const answers = await Promise.all(
      [1, 2, 3].map(() => request(member, { amountMinor: 200_000 })),
    )
    expect(answers.map(({ body }) => body.doc.status).sort()).toEqual([
      'pending',
      'posted',
      'posted',
    ])
    expect(await readBalance(product.payload, member.id)).toBe(400_000)
  })

  it('for an unknown wallet is not found at approval, and stays pending', async () => {
    const { body } = await request(await createUser(product.payload), {
      effect: 'rebuild',
      amountMinor: 0,
    })
    expect((await decide(body.doc.id, 'approve', 'admin')).status).toBe(404)
    expect(
      await product.sql(`select status::text from adjustments where id = '${body.doc.id}'`),
    ).toEqual([{ status: 'pending' }])
  })

  it('waits if its requester has moved more than the limit alone in a day, to any members', async () => {
    const { payload } = product
    const amountMinor = 200_000
    const posted = [await createUser(payload), await createUser(payload)]
    for (const member of posted) {
      expect((await request(member, { amountMinor })).body.doc.status).toBe('posted')
    }
    const members = await Promise.all([1, 2].map(() => createUser(payload)))
    const answers = await Promise.all(members.map((member) => request(member, { amountMinor })))
    expect(answers.map(({ body }) => body.doc.status)).toEqual(['pending', 'pending'])
    expect((await request(await createUser(payload), {}, 'admin')).body.doc.status).toBe('posted')
  })

  it('of one person is posted once for the limit, however many are requested at once', async () => {
    const members = await Promise.all([1, 2, 3, 4].map(() => createUser(product.payload)))
    const answers = await Promise.all(
      members.map((member) => request(member, { amountMinor: 400_000 })),
    )
    const states = answers.map(({ body }) => body.doc.status).sort()
    expect(states).toEqual(['pending', 'pending', 'pending', 'posted'])
  })

  it('that a second person approved does not use up the requester’s own limit', async () => {
    const { body } = await request(await createUser(product.payload), { amountMinor: 600_000 })
    expect((await decide(body.doc.id, 'approve', 'admin')).status).toBe(200)
    const next = await request(await createUser(product.payload), {})
    expect(next.body.doc.status).toBe('posted')
  })

  it('is not approved by an account that its requester made, and stays pending', async () => {
    const { payload } = product
    const admin = await createUser(payload, { role: 'admin' })
    const own = await signIn(payload, admin)
    const { body: made } = await product.rest<{ doc: { id: string } }>('POST', '/api/users', {
      authorization: own,
      body: { email: 'second@me.test', password: 'long-enough-1' },
    })
    const { sql } = product
    await sql(`update users set role = 'finance' where id = '${made.doc.id}'`)
    await sql(`update users set created_at = now() - interval '1 day' where id = '${made.doc.id}'`)
    const requested = await product.rest<{ doc: Adjustment }>('POST', '/api/adjustments', {
      authorization: own,
      body: {
        member: (await createUser(payload)).id,
        effect: 'credit',
        amountMinor: 900_000,
        currency: 'INR',
        reason: 'goodwill',
      },
    })
    const { token } = await payload.login({
      collection: 'users',
      data: { email: 'second@me.test', password: 'long-enough-1' },
    })
    const decided = await product.rest(
      'POST',
      `/api/adjustments/${requested.body.doc.id}/approve`,
      { authorization: `JWT ${token ?? ''}` },
    )
    expect([decided.status, decided.body]).toMatchObject([
      403,
      { errors: [{ code: 'approval.not-independent' }] },
    ])
    expect(
      await sql(`select status::text from adjustments where id = '${requested.body.doc.id}'`),
    ).toEqual([{ status: 'pending' }])
  })
})
