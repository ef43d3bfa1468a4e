import { randomUUID } from 'node:crypto'

import { insertClick } from '../../../test/support/insertRows.ts'
import {
  createMerchantAtNetwork,
  ingestTransaction,
  ingestTransactions,
  type MerchantIds,
} from '../../../test/support/cashbackFactories.ts'
import { hoursAgo } from '../../../test/support/instants.ts'
import { createUser, readBalance, signIn } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'

let product: Product
const tokens: Record<string, string> = {}
let merchantIds: MerchantIds
beforeAll(async () => {
  product = await startProduct()
  for (const role of ['finance', 'support'] as const) {
    tokens[role] = await signIn(product.payload, await createUser(product.payload, { role }))
  }
  merchantIds = (await createMerchantAtNetwork(product.payload)).ids
})
afterAll(() => product.close())

const DAY = 24
const codeOf = (body: object) => (body as { errors?: { code: string }[] }).errors?.[0]?.code

/** A member who clicked on the merchant five days ago. */
const createMemberWithClick = async () => {
  const user = await createUser(product.payload)
  const authorization = await signIn(product.payload, user)
  const click = await insertClick(product, {
    ...merchantIds,
    member: user.id,
    at: hoursAgo(5 * DAY + 1),
  })
  return { authorization, click: click.id, id: user.id }
}
const order = (over: object = {}) => ({
  merchant: merchantIds.slug,
  orderNumber: randomUUID(),
  orderedAt: hoursAgo(5 * DAY),
  amountMinor: 249_900,
  currency: 'INR',
  ...over,
})
const claim = (authorization: string | undefined, body: object) =>
  product.rest<{ claim: string }>('POST', '/api/cashback-claims', { authorization, body })
const claimsOf = (member: string) =>
  product.sql(
    `select status::text, click_id, order_number, transaction_id from cashback_claims where member_id = '${member}'`,
  )

describe('a claim', () => {
  it('is open, with the latest click before the order', async () => {
    const { authorization, click, id } = await createMemberWithClick()
    await insertClick(product, { ...merchantIds, member: id, at: hoursAgo(4.5 * DAY) })
    const { body, status } = await claim(authorization, order({ orderNumber: ' OD-1 ' }))
    expect([status, body]).toMatchObject([201, { status: 'open' }])
    expect(await claimsOf(id)).toEqual([
      { status: 'open', click_id: click, order_number: 'OD-1', transaction_id: null },
    ])
  })

  it('accepts the merchant’s id as well as its slug', async () => {
    const { authorization } = await createMemberWithClick()
    expect((await claim(authorization, order({ merchant: merchantIds.merchant }))).status).toBe(201)
  })

  it('is refused with an error code, and writes nothing', async () => {
    const { authorization, id } = await createMemberWithClick()
    const foreign = await createMemberWithClick()
    const robot = await createUser(product.payload)
    await insertClick(product, {
      ...merchantIds,
      member: robot.id,
      at: hoursAgo(5 * DAY + 1),
      isBot: true,
    })
    const refused = [
      [{ orderedAt: hoursAgo(71) }, 'claim.too-early'],
      [{ orderedAt: hoursAgo(31 * DAY) }, 'claim.too-late'],
      [{ orderedAt: hoursAgo(7 * DAY) }, 'claim.no-click'],
      [{ click: foreign.click }, 'claim.no-click'],
      [{ click: 'x' }, 'request.malformed-value'],
      [{ merchant: 'nowhere' }, 'claim.no-merchant'],
      [{ merchant: (await createMerchantAtNetwork(product.payload)).ids.slug }, 'claim.no-click'],
      [{ orderNumber: ' - ' }, 'request.malformed-value'],
      [{ orderNumber: 'a\u0000b' }, 'request.malformed-value'],
      [{ orderNumber: 'x'.repeat(101) }, 'request.malformed-value'],
      [{ orderedAt: 'yesterday' }, 'request.malformed-value'],
      [{ amountMinor: 0 }, 'request.malformed-value'],
      [{ amountMinor: 1.5 }, 'request.malformed-value'],
      [{ currency: 'RUPEES' }, 'request.malformed-value'],
      [{ files: [randomUUID()] }, 'claim.unknown-file'],
      [{ member: foreign.id }, 'request.unknown-field'],
      [{ status: 'accepted' }, 'request.unknown-field'],
    ] as const
    for (const [over, code] of refused) {
      const { body, status } = await claim(authorization, order(over))
      expect([over, status, codeOf(body)]).toEqual([over, 400, code])
    }
    const robots = await claim(await signIn(product.payload, robot), order())
    expect(codeOf(robots.body)).toBe('claim.no-click')
    expect((await claim(undefined, order())).status).toBe(401)
    expect(await claimsOf(id)).toEqual([])
  })

  it('is stored once for an order of a member, in any spelling and for claims at the same time', async () => {
    const shoppers = await Promise.all([1, 2].map(createMemberWithClick))
    const number = randomUUID()
    const written = [number, number.toUpperCase(), ` ${number.replaceAll('-', ' ')} `]
    const answers = await Promise.all(
      written.map((orderNumber) => claim(shoppers[0]?.authorization, order({ orderNumber }))),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    const refusals = answers.filter(({ status }) => status === 409)
    expect(refusals.map(({ body }) => codeOf(body))).toEqual(['claim.duplicate', 'claim.duplicate'])
    for (const { body } of refusals) {
      for (const { id } of shoppers) expect(JSON.stringify(body)).not.toContain(id)
    }
  })

  it('is refused for an order that the member already has', async () => {
    const { authorization, id } = await createMemberWithClick()
    const { clickId } = await insertClick(product, {
      ...merchantIds,
      member: id,
      at: hoursAgo(5 * DAY + 2),
    })
    await ingestTransactions(product, merchantIds, [
      { externalId: randomUUID(), orderId: 'HAVE-1', subId: clickId },
    ])
    const { body, status } = await claim(authorization, order({ orderNumber: 'have1' }))
    expect([status, codeOf(body)]).toEqual([409, 'claim.already-tracked'])
  })

  it('is visible to its member and to staff, and to no other member', async () => {
    const [own, other] = await Promise.all([createMemberWithClick(), createMemberWithClick()])
    const { body } = await claim(own.authorization, order())
    const read = (authorization?: string) =>
      product.rest<{ docs: object[] }>(
        'GET',
        `/api/cashback-claims?where[id][equals]=${body.claim}`,
        {
          authorization,
        },
      )
    expect((await read(own.authorization)).body.docs).toHaveLength(1)
    expect((await read(own.authorization)).body.docs[0]).not.toHaveProperty('orderKey')
    expect((await read(tokens.support)).body.docs).toHaveLength(1)
    expect((await read(other.authorization)).body.docs).toEqual([])
    expect((await read()).status).toBe(403)
  })
})

describe('the answer to a claim', () => {
  const reject = (
    id: string,
    authorization: string | undefined,
    answer = 'The merchant cancelled it.',
  ) =>
    product.rest('POST', `/api/cashback-claims/${id}/reject`, { authorization, body: { answer } })
  const notified = (member: string) =>
    product.sql(
      `select data from notifications where user_id = '${member}' and template = 'claim-answered'`,
    )

  it('by an assignment credits and notifies the member', async () => {
    const { authorization, click, id } = await createMemberWithClick()
    const transaction = await ingestTransaction(product, merchantIds, {
      orderId: 'FOUND-1',
      eventAt: hoursAgo(5 * DAY),
    })
    const { body } = await claim(authorization, order({ orderNumber: 'found 1' }))
    const other = await createMemberWithClick()
    const path = `/api/network-transactions/${transaction}/assign`
    const finance = { authorization: tokens.finance }
    const wrong = await product.rest('POST', path, {
      ...finance,
      body: { member: other.id, claim: body.claim },
    })
    expect(codeOf(wrong.body)).toBe('assignment.unknown-claim')

    const right = { ...finance, body: { member: id, click, claim: body.claim } }
    expect(await product.rest('POST', path, right)).toMatchObject({
      status: 201,
      body: { status: 'applied' },
    })
    expect(await claimsOf(id)).toMatchObject([{ status: 'accepted', transaction_id: transaction }])
    expect(await readBalance(product.payload, id)).toBe(8_747)
    expect(await notified(id)).toMatchObject([
      { data: { isAccepted: true, orderNumber: 'found 1' } },
    ])
    expect(codeOf((await reject(body.claim, tokens.support)).body)).toBe('claim.decided')
  })

  it('by support rejects it with a reason, once, and is audited', async () => {
    const { authorization, id } = await createMemberWithClick()
    const { body } = await claim(authorization, order())
    expect((await reject(body.claim, authorization)).status).toBe(403)
    expect((await reject(body.claim, tokens.support, 'no')).status).toBe(400)
    const answers = await Promise.all([1, 2, 3].map(() => reject(body.claim, tokens.support)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    expect(await claimsOf(id)).toMatchObject([{ status: 'rejected' }])
    expect(await notified(id)).toMatchObject([
      { data: { isAccepted: false, answer: 'The merchant cancelled it.' } },
    ])
    expect(
      await product.sql(
        `select action, actor_role, reason from audit_logs where subject_id = '${body.claim}'`,
      ),
    ).toEqual([{ action: 'reject', actor_role: 'support', reason: 'The merchant cancelled it.' }])
  })

  it('does not block the buyer while a stranger’s claim of the order is open or rejected', async () => {
    const [squatter, buyer, late] = await Promise.all([1, 2, 3].map(createMemberWithClick))
    const wanted = order()
    const first = await claim(squatter?.authorization, wanted)
    expect((await claim(buyer?.authorization, wanted)).status).toBe(201)
    await reject(first.body.claim, tokens.support)
    const again = [squatter, late].map((one) => claim(one?.authorization, wanted))
    expect((await Promise.all(again)).map(({ status }) => status)).toEqual([201, 201])
    expect(await claimsOf(buyer?.id ?? '')).toMatchObject([{ status: 'open' }])
  })

  it('credits an order once, although several members claim it', async () => {
    const [buyer, stranger, late] = await Promise.all([1, 2, 3].map(createMemberWithClick))
    const eventAt = hoursAgo(5 * DAY)
    const orderId = randomUUID()
    const transaction = await ingestTransaction(product, merchantIds, { orderId, eventAt })
    const claims = await Promise.all(
      [buyer, stranger].map((one) => claim(one?.authorization, order({ orderNumber: orderId }))),
    )
    const answers = await Promise.all(
      [buyer, stranger].map((one, n) =>
        product.rest('POST', `/api/network-transactions/${transaction}/assign`, {
          authorization: tokens.finance,
          body: { member: one?.id, click: one?.click, claim: claims[n]?.body.claim },
        }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    const balances = [buyer, stranger].map((one) => readBalance(product.payload, one?.id ?? ''))
    expect((await Promise.all(balances)).sort()).toEqual([0, 8_747])
    const refused = await claim(late?.authorization, order({ orderNumber: orderId }))
    expect([refused.status, codeOf(refused.body)]).toEqual([409, 'claim.duplicate'])
    await expect(
      product.sql(`update cashback_claims set status = 'accepted' where status = 'open'
        and order_number = '${orderId}'`),
    ).rejects.toThrow()
  })

  it('is exactly one if the claim is rejected while its transaction is assigned', async () => {
    const { authorization, id } = await createMemberWithClick()
    const transaction = await ingestTransaction(product, merchantIds, {
      eventAt: hoursAgo(5 * DAY),
    })
    const { body } = await claim(authorization, order())
    const [assigned, rejected] = await Promise.all([
      product.rest('POST', `/api/network-transactions/${transaction}/assign`, {
        authorization: tokens.finance,
        body: { member: id, claim: body.claim },
      }),
      reject(body.claim, tokens.support),
    ])
    const isGiven = assigned.status === 201
    expect([assigned.status, rejected.status]).toEqual(isGiven ? [201, 409] : [409, 200])
    expect(await readBalance(product.payload, id)).toBe(isGiven ? 8_747 : 0)
    expect(await notified(id)).toHaveLength(1)
  })
})
