import { randomUUID } from 'node:crypto'

import fc from 'fast-check'

import { computeShare } from '../../../domain/money.ts'
import { verifyWallets } from '../../../ledger/verification/verifyWallets.ts'
import type { TransactionRow } from '../../networks/types.ts'
import { insertClick } from '../../../../test/support/insertRows.ts'
import {
  buildTransactionRow,
  createMerchant,
  createMerchantAtNetwork,
  ingestRowsAt,
  type MerchantIds,
} from '../../../../test/support/cashbackFactories.ts'
import { instantOf } from '../../../../test/support/instants.ts'
import { createUser, readBalance, signIn } from '../../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const report = ({ network }: MerchantIds, day: number, over: Partial<TransactionRow>) =>
  ingestRowsAt(product, {
    network,
    at: instantOf(day),
    rows: [buildTransactionRow({ commissionMinor: 10_000, ...over })],
  })

type Person = 'asha' | 'ben' | 'guest' | 'bot'
type Given = { id: string; clickId: string; person: Person; rateBps: number; merchant: string }

/** Clicks of two members, a guest and a bot at one network, for two merchants and at many rates. */
const prepareClicks = async () => {
  const { ids: merchantIds } = await createMerchantAtNetwork(product.payload)
  const elsewhere = await createMerchant(product.payload, { name: 'Elsewhere' })
  const asha = (await createUser(product.payload)).id
  const ben = (await createUser(product.payload)).id
  const members = { asha, ben, guest: null, bot: ben }
  const kinds: [Person, number, string][] = [
    ['asha', 7_000, merchantIds.merchant],
    ['ben', 5_000, merchantIds.merchant],
    ['asha', 2_000, merchantIds.merchant],
    ['ben', 3_000, elsewhere.id],
    ['guest', 9_000, merchantIds.merchant],
    ['bot', 8_000, merchantIds.merchant],
  ]
  const clicks: Given[] = []
  for (const [person, rateBps, merchant] of kinds) {
    const at = { member: members[person], isBot: person === 'bot' }
    const click = await insertClick(product, { ...merchantIds, ...at, merchant, rateBps })
    clicks.push({ ...click, person, rateBps, merchant })
  }
  const named = (person: Person) => {
    const click = clicks.find((one) => one.person === person)
    if (!click) throw new Error(person)
    return click
  }
  return { merchantIds, asha, ben, clicks, named }
}

const balance = (member: string) => readBalance(product.payload, member)
const toTransaction = async ({ network }: MerchantIds, externalId = '1') =>
  (
    await product.sql<{ id: string; click: string; member: string; merchant: string }>(
      `select id, click_id as click, member_id as member, merchant_id as merchant
       from network_transactions where network_id = '${network}' and external_id = '${externalId}'`,
    )
  )[0]
const eventOf = async ({ network }: MerchantIds, externalId = '1') =>
  (
    await product.sql<{ id: string }>(
      `select e.id, e.member_id as member, e.click_id as click, e.merchant_id as merchant,
         e.rate_bps::int as rate, e.credited_minor::int as credited, e.postings::int
       from cashback_events e join network_transactions s on s.id = e.transaction_id
       where s.network_id = '${network}' and s.external_id = '${externalId}'`,
    )
  )[0]
const templatesTo = async (member: string) =>
  (
    await product.sql<{ template: string }>(
      `select template from notifications where user_id = '${member}' and template like 'cashback-%'
       order by created_at, id`,
    )
  ).map(({ template }) => template)
const problems = async () =>
  (await verifyWallets(product.payload, { mode: 'full', freeze: false })).problems

describe('a transaction with a click that the network corrects', () => {
  it('moves to the member of the new click, at its rate: one clawback, one credit, and both members are notified', async () => {
    const { asha, ben, named, merchantIds } = await prepareClicks()
    const [first, second] = [named('asha'), named('ben')]
    await report(merchantIds, 1, { subId: first.clickId })
    expect([await balance(asha), await balance(ben)]).toEqual([7_000, 0])
    for (const day of [2, 2, 3]) await report(merchantIds, day, { subId: second.clickId })
    await report(merchantIds, 1, { subId: first.clickId })
    expect([await balance(asha), await balance(ben)]).toEqual([0, 5_000])
    expect(await toTransaction(merchantIds)).toMatchObject({ click: second.id, member: ben })
    const event = await eventOf(merchantIds)
    const own = { member: ben, click: second.id, rate: 5_000 }
    expect(event).toMatchObject({ ...own, credited: 5_000, postings: 3 })
    expect(await templatesTo(asha)).toEqual(['cashback-credited', 'cashback-declined'])
    expect(await templatesTo(ben)).toEqual(['cashback-credited'])
    expect(await problems()).toEqual([])
  })

  it('moves to the other member while pending, and both members are notified', async () => {
    const { asha, ben, named, merchantIds } = await prepareClicks()
    for (const [day, person] of (['asha', 'ben'] as const).entries()) {
      await report(merchantIds, day, { subId: named(person).clickId, status: 'pending' })
    }
    expect(await eventOf(merchantIds)).toMatchObject({ member: ben, rate: 5_000, postings: 0 })
    expect(await templatesTo(asha)).toEqual(['cashback-tracked', 'cashback-declined'])
    expect(await templatesTo(ben)).toEqual(['cashback-tracked'])
  })

  it.each(['guest', 'bot'] as const)(
    'from a %s’s click earns the rate of the new click, which its explanation names',
    async (person) => {
      const { asha, named, merchantIds } = await prepareClicks()
      await report(merchantIds, 1, { subId: named(person).clickId })
      expect(await eventOf(merchantIds)).toBeUndefined()
      await report(merchantIds, 2, { subId: named('asha').clickId })
      expect(await balance(asha)).toBe(7_000)
      const { id = '' } = (await eventOf(merchantIds)) ?? {}
      const authorization = await signIn(
        product.payload,
        await createUser(product.payload, { role: 'finance' }),
      )
      const { body } = await product.rest('GET', `/api/cashback-events/${id}/explain`, {
        authorization,
      })
      expect(body).toMatchObject({ click: { id: named('asha').id }, rate: { rateBps: 7_000 } })
    },
  )

  it('to another click of the same member earns its rate, also if the cashback amount stays the same', async () => {
    const { asha, clicks, merchantIds } = await prepareClicks()
    const [first, , second] = clicks
    await report(merchantIds, 1, { subId: first?.clickId ?? '', commissionMinor: 10_000 })
    await report(merchantIds, 2, { subId: second?.clickId ?? '', commissionMinor: 35_000 })
    expect(await balance(asha)).toBe(7_000)
    expect(await eventOf(merchantIds)).toMatchObject({
      click: second?.id,
      rate: 2_000,
      postings: 1,
    })
  })

  it.each([null, 'an-unknown-click'])(
    'keeps its member if the later click is %s',
    async (clickId) => {
      const { asha, named, merchantIds } = await prepareClicks()
      await report(merchantIds, 1, { subId: named('asha').clickId })
      await report(merchantIds, 2, { subId: clickId })
      expect(await balance(asha)).toBe(7_000)
      expect(await toTransaction(merchantIds)).toMatchObject({
        click: named('asha').id,
        member: asha,
      })
    },
  )

  it('leaves the reversals of its former click with that click, for any order of reports', async () => {
    const unmatched = { externalId: 'r', orderId: null, commissionMinor: -10_000 }
    for (const isReversalFirst of [true, false]) {
      const { asha, ben, named, merchantIds } = await prepareClicks()
      const [clickId, other] = [named('asha').clickId, named('ben').clickId]
      await report(merchantIds, 1, { subId: clickId, externalId: '2', orderId: '2' })
      await report(merchantIds, 1, { subId: clickId })
      const corrected = () => report(merchantIds, 3, { subId: other })
      if (!isReversalFirst) await corrected()
      await report(merchantIds, 2, { ...unmatched, subId: clickId })
      if (isReversalFirst) await corrected()
      expect([await balance(asha), await balance(ben)]).toEqual([0, 5_000])
    }
  })

  it('keeps the member that people assigned', async () => {
    const { asha, ben, named, merchantIds } = await prepareClicks()
    await report(merchantIds, 1, {})
    const authorization = await signIn(
      product.payload,
      await createUser(product.payload, { role: 'finance' }),
    )
    const { id } = (await toTransaction(merchantIds)) ?? {}
    const path = `/api/network-transactions/${id}/assign`
    const assigned = await product.rest('POST', path, { authorization, body: { member: asha } })
    expect(assigned.status).toBe(201)
    const before = await balance(asha)
    await report(merchantIds, 2, { subId: named('ben').clickId })
    expect([await balance(asha), await balance(ben)]).toEqual([before, 0])
    expect(await toTransaction(merchantIds)).toMatchObject({ click: null, member: asha })
  })

  it('ends with the latest observation, for any order and number of reports', async () => {
    const step = fc.record({
      click: fc.nat(5),
      status: fc.constantFrom('pending' as const, 'approved' as const, 'declined' as const),
      commissionMinor: fc.integer({ min: 1, max: 50_000 }),
    })
    const reports = fc
      .array(step, { minLength: 2, maxLength: 4 })
      .chain((steps) =>
        fc.tuple(
          fc.constant(steps),
          fc.shuffledSubarray([...steps.keys(), ...steps.keys()], { minLength: steps.length * 2 }),
        ),
      )
    const { asha, ben, clicks, merchantIds } = await prepareClicks()
    const balances = () => Promise.all([asha, ben].map(balance))
    await fc.assert(
      fc.asyncProperty(reports, async ([steps, order]) => {
        const before = await balances()
        const externalId = randomUUID()
        for (const day of order) {
          const { click = 0, ...observation } = steps[day] ?? {}
          const clickId = clicks[click]?.clickId ?? null
          await report(merchantIds, day, {
            ...observation,
            subId: clickId,
            externalId,
            orderId: externalId,
          })
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
        expect(await toTransaction(merchantIds, externalId)).toMatchObject({
          click: id,
          member,
          merchant,
        })
        if (member === null) return
        const own = { member, click: id, merchant, rate: click.rateBps, credited: earned }
        expect(await eventOf(merchantIds, externalId)).toMatchObject(own)
      }),
      { numRuns: 15, endOnFailure: true },
    )
    expect(await problems()).toEqual([])
  })
})
