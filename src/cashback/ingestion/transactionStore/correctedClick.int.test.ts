import { randomUUID } from 'node:crypto'

import fc from 'fast-check'

import { computeShare } from '../../../domain/money.ts'
import { verifyWallets } from '../../../ledger/verification/verifyWallets.ts'
import type { TransactionRow } from '../../networks/types.ts'
import { aClick, aSeller, hoursAgo, type Shop } from '../../../../test/support/anUnattributed.ts'
import { aUser, readBalance, signIn } from '../../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'
import { aRow, reportRows } from '../../../../test/support/reportRows.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const report = ({ network }: Shop, day: number, over: Partial<TransactionRow>) =>
  reportRows(product, { network, day, rows: [aRow(null, { commissionMinor: 10_000, ...over })] })

type Person = 'asha' | 'ben' | 'guest' | 'bot'
type Given = { id: string; clickId: string; person: Person; rateBps: number; merchant: string }

/** Clicks of two members, a guest and a bot at one network, for two merchants and at many rates. */
const aWorld = async () => {
  const shop = await aSeller(product)
  const elsewhere = await product.payload.create({
    collection: 'merchants',
    data: { name: 'Elsewhere', slug: `m-${randomUUID()}` } as never,
  })
  const asha = (await aUser(product.payload)).id
  const ben = (await aUser(product.payload)).id
  const members = { asha, ben, guest: null, bot: ben }
  const kinds: [Person, number, string][] = [
    ['asha', 7_000, shop.merchant],
    ['ben', 5_000, shop.merchant],
    ['asha', 2_000, shop.merchant],
    ['ben', 3_000, elsewhere.id],
    ['guest', 9_000, shop.merchant],
    ['bot', 8_000, shop.merchant],
  ]
  const clicks: Given[] = []
  for (const [person, rateBps, merchant] of kinds) {
    const at = { member: members[person], at: hoursAgo(9), isBot: person === 'bot' }
    const click = await aClick(product, { ...shop, ...at, merchant, rateBps })
    clicks.push({ ...click, person, rateBps, merchant })
  }
  const named = (person: Person) => {
    const click = clicks.find((one) => one.person === person)
    if (!click) throw new Error(person)
    return click
  }
  return { shop, asha, ben, clicks, named }
}

const balance = (member: string) => readBalance(product.payload, member)
const toTransaction = async ({ network }: Shop, externalId = '1') =>
  (
    await product.sql<{ id: string; click: string; member: string; merchant: string }>(
      `select id, click_id as click, member_id as member, merchant_id as merchant
       from network_transactions where network_id = '${network}' and external_id = '${externalId}'`,
    )
  )[0]
const eventOf = async ({ network }: Shop, externalId = '1') =>
  (
    await product.sql<{ id: string }>(
      `select e.id, e.member_id as member, e.click_id as click, e.merchant_id as merchant,
         e.rate_bps::int as rate, e.credited_minor::int as credited, e.postings::int
       from cashback_events e join network_transactions s on s.id = e.transaction_id
       where s.network_id = '${network}' and s.external_id = '${externalId}'`,
    )
  )[0]
const toldTo = async (member: string) =>
  (
    await product.sql<{ template: string }>(
      `select template from notifications where user_id = '${member}' and template like 'cashback-%'
       order by created_at, id`,
    )
  ).map(({ template }) => template)
const problems = async () =>
  (await verifyWallets(product.payload, { mode: 'full', freeze: false })).problems

describe('a transaction for which the network corrects the click', () => {
  it('becomes the other member’s, at that click’s rate: taken back once, credited once, both notified', async () => {
    const { asha, ben, named, shop } = await aWorld()
    const [first, second] = [named('asha'), named('ben')]
    await report(shop, 1, { clickId: first.clickId })
    expect([await balance(asha), await balance(ben)]).toEqual([7_000, 0])
    for (const day of [2, 2, 3]) await report(shop, day, { clickId: second.clickId })
    await report(shop, 1, { clickId: first.clickId })
    expect([await balance(asha), await balance(ben)]).toEqual([0, 5_000])
    expect(await toTransaction(shop)).toMatchObject({ click: second.id, member: ben })
    const event = await eventOf(shop)
    const own = { member: ben, click: second.id, rate: 5_000 }
    expect(event).toMatchObject({ ...own, credited: 5_000, postings: 3 })
    expect(await toldTo(asha)).toEqual(['cashback-credited', 'cashback-declined'])
    expect(await toldTo(ben)).toEqual(['cashback-credited'])
    expect(await problems()).toEqual([])
  })

  it('while pending, is pending for the other member alone, who is notified', async () => {
    const { asha, ben, named, shop } = await aWorld()
    for (const [day, person] of (['asha', 'ben'] as const).entries()) {
      await report(shop, day, { clickId: named(person).clickId, status: 'pending' })
    }
    expect(await eventOf(shop)).toMatchObject({ member: ben, rate: 5_000, postings: 0 })
    expect(await toldTo(asha)).toEqual(['cashback-tracked', 'cashback-declined'])
    expect(await toldTo(ben)).toEqual(['cashback-tracked'])
  })

  it.each(['guest', 'bot'] as const)(
    'from a %s’s click earns the rate of the new click, and is explained by it',
    async (person) => {
      const { asha, named, shop } = await aWorld()
      await report(shop, 1, { clickId: named(person).clickId })
      expect(await eventOf(shop)).toBeUndefined()
      await report(shop, 2, { clickId: named('asha').clickId })
      expect(await balance(asha)).toBe(7_000)
      const { id = '' } = (await eventOf(shop)) ?? {}
      const authorization = await signIn(
        product.payload,
        await aUser(product.payload, { role: 'finance' }),
      )
      const { body } = await product.rest('GET', `/api/cashback-events/${id}/explain`, {
        authorization,
      })
      expect(body).toMatchObject({ click: { id: named('asha').id }, rate: { rateBps: 7_000 } })
    },
  )

  it('to another click of the same member earns that click’s rate, for the same amount too', async () => {
    const { asha, clicks, shop } = await aWorld()
    const [first, , second] = clicks
    await report(shop, 1, { clickId: first?.clickId ?? '', commissionMinor: 10_000 })
    await report(shop, 2, { clickId: second?.clickId ?? '', commissionMinor: 35_000 })
    expect(await balance(asha)).toBe(7_000)
    expect(await eventOf(shop)).toMatchObject({ click: second?.id, rate: 2_000, postings: 1 })
  })

  it.each([null, 'an-unknown-click'])(
    'keeps its member where the later click is %s',
    async (clickId) => {
      const { asha, named, shop } = await aWorld()
      await report(shop, 1, { clickId: named('asha').clickId })
      await report(shop, 2, { clickId })
      expect(await balance(asha)).toBe(7_000)
      expect(await toTransaction(shop)).toMatchObject({ click: named('asha').id, member: asha })
    },
  )

  it('leaves the reversals of its former click there, in whatever order they are reported', async () => {
    const unmatched = { externalId: 'r', orderId: null, commissionMinor: -10_000 }
    for (const isReversalFirst of [true, false]) {
      const { asha, ben, named, shop } = await aWorld()
      const [clickId, other] = [named('asha').clickId, named('ben').clickId]
      await report(shop, 1, { clickId, externalId: '2', orderId: '2' })
      await report(shop, 1, { clickId })
      const corrected = () => report(shop, 3, { clickId: other })
      if (!isReversalFirst) await corrected()
      await report(shop, 2, { ...unmatched, clickId })
      if (isReversalFirst) await corrected()
      expect([await balance(asha), await balance(ben)]).toEqual([0, 5_000])
    }
  })

  it('keeps the member that people assigned', async () => {
    const { asha, ben, named, shop } = await aWorld()
    await report(shop, 1, {})
    const authorization = await signIn(
      product.payload,
      await aUser(product.payload, { role: 'finance' }),
    )
    const { id } = (await toTransaction(shop)) ?? {}
    const path = `/api/network-transactions/${id}/assign`
    const assigned = await product.rest('POST', path, { authorization, body: { member: asha } })
    expect(assigned.status).toBe(201)
    const before = await balance(asha)
    await report(shop, 2, { clickId: named('ben').clickId })
    expect([await balance(asha), await balance(ben)]).toEqual([before, 0])
    expect(await toTransaction(shop)).toMatchObject({ click: null, member: asha })
  })

  it('ends as reported last, in whatever order and however often it is reported', async () => {
    const step = fc.record({
      click: fc.nat(5),
      status: fc.constantFrom('pending' as const, 'approved' as const, 'declined' as const),
      commissionMinor: fc.integer({ min: 1, max: 50_000 }),
    })
    const telling = fc
      .array(step, { minLength: 2, maxLength: 4 })
      .chain((steps) =>
        fc.tuple(
          fc.constant(steps),
          fc.shuffledSubarray([...steps.keys(), ...steps.keys()], { minLength: steps.length * 2 }),
        ),
      )
    const { asha, ben, clicks, shop } = await aWorld()
    const balances = () => Promise.all([asha, ben].map(balance))
    await fc.assert(
      fc.asyncProperty(telling, async ([steps, order]) => {
        const before = await balances()
        const externalId = randomUUID()
        for (const day of order) {
          const { click = 0, ...observation } = steps[day] ?? {}
          const clickId = clicks[click]?.clickId ?? null
          await report(shop, day, { ...observation, clickId, externalId, orderId: externalId })
        }
        const last = steps.at(-1)
        const click = clicks[last?.click ?? 0]
        if (!last || !click) throw new Error('nothing was reported')
        const member = { asha, ben, guest: null, bot: null }[click.person]
        const isEarned = last.status === 'approved' && member !== null
        const earned = isEarned ? computeShare(last.commissionMinor, click.rateBps) : 0
        const sums = [asha, ben].map((one, at) => (before[at] ?? 0) + (one === member ? earned : 0))
        expect(await balances()).toEqual(sums)
        const { id, merchant } = click
        expect(await toTransaction(shop, externalId)).toMatchObject({ click: id, member, merchant })
        if (member === null) return
        const own = { member, click: id, merchant, rate: click.rateBps, credited: earned }
        expect(await eventOf(shop, externalId)).toMatchObject(own)
      }),
      { numRuns: 15, endOnFailure: true },
    )
    expect(await problems()).toEqual([])
  })
})
