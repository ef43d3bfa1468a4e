import { randomUUID } from 'node:crypto'

import type { User } from '../../../src/payload-types.ts'
import {
  createPayment,
  createReferral,
  createUser,
  readBalance,
  signIn,
} from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'

let product: Product
let admin: User
const tokens: Record<string, string> = {}
beforeAll(async () => {
  product = await startProduct()
  for (const role of ['admin', 'finance', 'support', 'member'] as const) {
    const user = await createUser(product.payload, { role })
    if (role === 'admin') admin = user
    tokens[role] = await signIn(product.payload, user)
  }
})
afterAll(() => product.close())

const REASON = 'came by a friend’s poster'
const override = (member: Pick<User, 'id'>, body: unknown, role = 'admin') =>
  product.rest('POST', `/api/users/${member.id}/referrer`, { authorization: tokens[role], body })
const referrerOf = async ({ id }: Pick<User, 'id'>) => {
  const [row] = await product.sql<{ by: string | null; at: string | null }>(
    `select referred_by_id as by, referred_at as at from users where id = '${id}'`,
  )
  return row
}
const overridesOf = ({ id }: Pick<User, 'id'>) =>
  product.sql<Record<string, unknown>>(
    `select * from audit_logs where action = 'referrer-override' and subject_id = '${id}' order by at, id`,
  )

describe('an override by an admin', () => {
  it('makes the new referrer earn from then on, and keeps earlier commissions', async () => {
    const { affiliate, buyer } = await createReferral(product.payload)
    const other = await createUser(product.payload, { affiliateActive: true })
    await createPayment(product.payload, { user: buyer.id, status: 'completed' })

    const { body, status } = await override(buyer, { referrer: other.id, reason: REASON })
    expect([status, body]).toEqual([200, { referredBy: other.id }])

    await createPayment(product.payload, { user: buyer.id, status: 'completed' })
    expect(await readBalance(product.payload, affiliate.id)).toBe(1_000)
    expect(await readBalance(product.payload, other.id)).toBe(1_000)
  })

  it('is audited with the old and new referrer and the reason', async () => {
    const { affiliate, buyer } = await createReferral(product.payload)
    const other = await createUser(product.payload)
    await override(buyer, { referrer: other.id, reason: ` ${REASON} ` })
    expect(await overridesOf(buyer)).toMatchObject([
      {
        actor_id: admin.id,
        actor_role: 'admin',
        reason: REASON,
        before: { referredBy: affiliate.id, referredAt: buyer.referredAt },
        after: { referredBy: other.id, referredAt: expect.any(String) },
      },
    ])
  })

  it('with null removes the referrer', async () => {
    const { buyer } = await createReferral(product.payload)
    expect((await override(buyer, { referrer: null, reason: REASON })).body).toEqual({
      referredBy: null,
    })
    expect(await referrerOf(buyer)).toEqual({ by: null, at: null })
  })

  it('that changes nothing is not audited', async () => {
    const { affiliate, buyer } = await createReferral(product.payload)
    const before = await referrerOf(buyer)
    expect((await override(buyer, { referrer: affiliate.id, reason: REASON })).status).toBe(200)
    expect(await referrerOf(buyer)).toEqual(before)
    expect(await overridesOf(buyer)).toEqual([])
  })
})

describe('an override is refused', () => {
  const refused = async (member: Pick<User, 'id'>, body: unknown) => {
    const before = await referrerOf(member)
    const { body: answer, status } = await override(member, body)
    expect(await referrerOf(member)).toEqual(before)
    expect(await overridesOf(member)).toEqual([])
    const [error] = (answer as { errors: { code: string; field?: string }[] }).errors
    return { status, code: error?.code, field: error?.field }
  }

  it.each([undefined, '', 'why', '   why   ', 'x'.repeat(501), 12345678])(
    'without a reason of 5 to 500 characters (%#)',
    async (reason) => {
      const { buyer } = await createReferral(product.payload)
      expect(await refused(buyer, { referrer: null, reason })).toEqual({
        status: 400,
        code: 'audit.reason-required',
        field: 'reason',
      })
    },
  )

  it.each([undefined, 'not-an-id', 12, randomUUID(), ['x']])(
    'for an unknown referrer (%#)',
    async (referrer) => {
      const { buyer } = await createReferral(product.payload)
      expect(await refused(buyer, { referrer, reason: REASON })).toEqual({
        status: 400,
        code: 'referral.unknown-referrer',
        field: 'referrer',
      })
    },
  )

  it('for the member as their own referrer', async () => {
    const { buyer } = await createReferral(product.payload)
    const answer = await refused(buyer, { referrer: buyer.id.toUpperCase(), reason: REASON })
    expect(answer).toMatchObject({ status: 409, code: 'referral.loop' })
  })

  it('for a referrer whom the member referred, directly or through others', async () => {
    const { payload } = product
    const top = await createUser(payload)
    const middle = await createUser(payload, { referredBy: top.id })
    const bottom = await createUser(payload, { referredBy: middle.id })
    const answer = await refused(top, { referrer: bottom.id, reason: REASON })
    expect(answer).toMatchObject({ status: 409, code: 'referral.loop' })
  })

  it('for a body that is no JSON object', async () => {
    const { buyer } = await createReferral(product.payload)
    expect(await refused(buyer, '[1]')).toMatchObject({ code: 'request.malformed-body' })
    expect(await refused(buyer, 'no')).toMatchObject({ code: 'request.malformed-body' })
  })

  it('for an unknown member', async () => {
    for (const id of [randomUUID(), 'not-an-id']) {
      expect((await override({ id }, { referrer: null, reason: REASON })).status).toBe(404)
    }
  })

  it.each([
    ['finance', 403],
    ['support', 403],
    ['member', 403],
    ['a stranger', 401],
  ])('by %s', async (role, status) => {
    const { affiliate, buyer } = await createReferral(product.payload)
    expect((await override(buyer, { referrer: null, reason: REASON }, role)).status).toBe(status)
    expect((await referrerOf(buyer))?.by).toBe(affiliate.id)
  })
})

it('concurrent overrides that would close a loop: one is refused', async () => {
  const people = await Promise.all(Array.from({ length: 4 }, () => createUser(product.payload)))
  const answers = await Promise.all(
    people.map((person, index) =>
      override(person, { referrer: people[(index + 1) % 4]?.id, reason: REASON }),
    ),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 409])
})
