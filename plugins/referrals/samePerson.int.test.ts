import { randomUUID } from 'node:crypto'

import type { User } from '../../src/payload-types.ts'
import {
  createPayment,
  createReferral,
  createUser,
  PASSWORD,
  signIn,
} from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

type Outcome = { status: string; reason: string | null; amount: string }
/** Completes a payment of 10,000 of the payer, and returns what the referrer got. */
const pay = async (payer: Pick<User, 'id'>): Promise<Outcome | undefined> => {
  const { id } = await createPayment(product.payload, { user: payer.id, status: 'completed' })
  const [row] = await product.sql<Outcome>(
    `select status::text, reason, amount_minor::text as amount from commissions
     where payment_id = '${id}'`,
  )
  return row
}
const change = (user: Pick<User, 'id'>, data: Partial<User>) =>
  product.payload.update({ collection: 'users', id: user.id, data, depth: 0 })
const contactsOf = (user: Pick<User, 'id'>) =>
  product.sql<{ kind: string; value: string; key: string; confirmed: boolean }>(
    `select kind, value, key, is_confirmed as confirmed from member_contacts
     where user_id = '${user.id}' order by id`,
  )

describe('a referrer and a payer with the two forms of one number', () => {
  it.each([
    ['+54 9 11 2345 6789', '+54 11 2345 6789'],
    ['098450 66620', '+91 98450 66620'],
    ['+55 11 98765 4321', '+55 11 8765 4321'],
  ])('%s and %s register, and the payment is skipped with same-phone', async (one, other) => {
    const register = async (phone: string, referralCode?: string) => {
      const email = `${randomUUID()}@forms.test`
      const body = { email, password: PASSWORD, phone, ...(referralCode ? { referralCode } : {}) }
      const { body: made } = await product.rest<{ doc: User }>('POST', '/api/users', { body })
      return made.doc
    }
    const referrer = await register(one)
    await product.rest('POST', '/api/billing/affiliate/toggle', {
      authorization: await signIn(product.payload, referrer),
      body: { active: true },
    })
    const { inviteCode } = await product.payload.findByID({ collection: 'users', id: referrer.id })
    const payer = await register(other, inviteCode ?? '')
    expect(await pay(payer)).toMatchObject({ status: 'skipped', reason: 'same-phone' })
  })
})

describe('an account is compared by all addresses and numbers that it ever had', () => {
  it('when the payer had the number of the referrer before the payment', async () => {
    const { affiliate, buyer } = await createReferral(product.payload, { phone: '+919845011001' })
    await change(buyer, { phone: '+919845011001' })
    await change(buyer, { phone: '+919845011002' })
    expect(await pay(buyer)).toMatchObject({ reason: 'same-phone' })
    expect(affiliate.phone).toBe('+919845011001')
  })

  it('when the referrer gave up the address of the payer', async () => {
    const { affiliate, buyer } = await createReferral(product.payload)
    await change(buyer, { email: 'own.account@gmail.com', emailVerifiedAt: now() })
    await change(affiliate, { email: 'ownaccount+2@googlemail.com', emailVerifiedAt: now() })
    await change(affiliate, { email: `${randomUUID()}@example.test`, emailVerifiedAt: later() })
    expect(await pay(buyer)).toMatchObject({ reason: 'same-email' })
  })

  it('and two accounts that never shared one are two people', async () => {
    const { affiliate, buyer } = await createReferral(product.payload, { phone: '+919845011003' })
    await change(buyer, { phone: '+919845011004' })
    await change(affiliate, { phone: null })
    expect(await pay(buyer)).toMatchObject({ status: 'awarded', amount: '1000' })
  })
})

const now = () => new Date().toISOString()
const later = () => new Date(Date.now() + 1_000).toISOString()

describe('only confirmed accounts count as two people', () => {
  it.each(['payer', 'referrer'] as const)('when the %s has not confirmed anything', async (who) => {
    const { affiliate, buyer } = await createReferral(product.payload)
    await change(who === 'payer' ? buyer : affiliate, { emailVerifiedAt: null })
    expect(await pay(buyer)).toMatchObject({ status: 'skipped', reason: 'not-confirmed' })
  })

  it('and a confirmed number is enough', async () => {
    const { buyer } = await createReferral(product.payload)
    const confirmed = { phone: '+919845011005', phoneVerifiedAt: now() }
    await change(buyer, { emailVerifiedAt: null, ...confirmed })
    expect(await pay(buyer)).toMatchObject({ status: 'awarded' })
  })

  it('unless the programme does not require it', async () => {
    const { buyer } = await createReferral(product.payload)
    await change(buyer, { emailVerifiedAt: null })
    const set = (confirmedOnly: boolean) =>
      product.payload.updateGlobal({ slug: 'affiliation-config', data: { confirmedOnly } })
    await set(false)
    expect(await pay(buyer)).toMatchObject({ status: 'awarded' })
    await set(true)
  })

  it('and a member cannot set the confirmation', async () => {
    const member = await createUser(product.payload, { emailVerifiedAt: null })
    await product.rest('PATCH', `/api/users/${member.id}`, {
      authorization: await signIn(product.payload, member),
      body: { emailVerifiedAt: now(), phoneVerifiedAt: now() },
    })
    const stored = await product.payload.findByID({ collection: 'users', id: member.id })
    expect([stored.emailVerifiedAt, stored.phoneVerifiedAt ?? null]).toEqual([null, null])
  })
})

describe('the history of addresses and numbers', () => {
  it('has a row for each value, and another once it is confirmed', async () => {
    const email = `History+${randomUUID()}@example.test`
    const member = await createUser(product.payload, { email, emailVerifiedAt: null })
    await change(member, { phone: '+5491123456700' })
    await change(member, { name: 'Unchanged' })
    await change(member, { emailVerifiedAt: now() })
    const value = email.toLowerCase()
    expect(await contactsOf(member)).toEqual([
      { kind: 'email', value, key: 'history@example.test', confirmed: false },
      { kind: 'phone', value: '+5491123456700', key: '+541123456700', confirmed: false },
      { kind: 'email', value, key: 'history@example.test', confirmed: true },
    ])
  })

  it('keeps nothing of a change that is rolled back', async () => {
    const member = await createUser(product.payload)
    const before = await contactsOf(member)
    await expect(change(member, { phone: '+919845011006', inviteCode: 'lower' })).rejects.toThrow()
    expect(await contactsOf(member)).toEqual(before)
  })

  it.each([
    ['changed', `update member_contacts set key = 'x'`],
    ['deleted', 'delete from member_contacts'],
    ['emptied', 'truncate member_contacts'],
  ])('cannot be %s', async (_name, statement) => {
    await createUser(product.payload)
    await expect(product.sql(statement)).rejects.toMatchObject({
      cause: { message: expect.stringContaining('is refused') as unknown },
    })
  })

  it('is deleted with its account', async () => {
    const member = await createUser(product.payload)
    await product.payload.delete({ collection: 'users', id: member.id })
    expect(await contactsOf(member)).toEqual([])
  })
})
