import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

import fc from 'fast-check'

import { applyPostbacks } from '../../../jobs/cashback/applyPostbacks.ts'
import { approveByAge } from '../../../jobs/cashback/approveByAge.ts'
import { readDb } from '../../database/readDb.ts'
import { verifyWallets } from '../../ledger/verification/verifyWallets.ts'
import { findAdapter } from '../networks/index.ts'
import {
  createMerchant,
  createNetwork,
  ingestPageAt,
} from '../../../test/support/cashbackFactories.ts'
import { createUser } from '../../../test/support/factories.ts'
import { insertClick } from '../../../test/support/insertRows.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { listReports, type NetworkReport } from '../../../test/support/networks/listReports.ts'
import { instantOf } from '../../../test/support/instants.ts'
import type { Story } from '../../../test/support/ingestOrders.ts'
import { networksOptions } from './sync/networksOptions.ts'
import { storePostback } from './postbacks/storePostback.ts'

const { stories } = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, 'fixtures/stories.json'), 'utf8'),
) as { stories: Story[] }

/** A case that no story contains: earlier statuses are reported again after later ones. */
const BACK_AND_FORTH: Story = {
  id: 'back-and-forth',
  why: 'approved, declined, and approved again with the same status texts',
  orders: [
    {
      order: 'o1',
      click: 'c1',
      timeline: [
        { day: 0, status: 'pending', saleMinor: 100_000, commissionMinor: 5_000, currency: 'INR' },
        { day: 20, status: 'approved' },
        { day: 30, status: 'declined' },
        { day: 40, status: 'approved' },
      ],
    },
  ],
  expect: { wallet: { INR: 3_500 }, events: { o1: 'approved' } },
}

const RUNS = 3
/** The time until a report contains a change. */
const HOUR = 3_600_000
let product: Product
let reported = 0
const networks = new Map<string, string>()
let template: string
let merchant: string

beforeAll(async () => {
  product = await startProduct()
  template = (await createUser(product.payload)).id
  merchant = (await createMerchant(product.payload)).id
  for (const adapter of ['admitad', 'vcommission', 'cuelinks', 'awin']) {
    const { id } = await createNetwork(product.payload, { name: adapter, adapter })
    networks.set(adapter, id)
  }
})
afterAll(() => product.close())

/**
 * A member with the story's clicks. It has no password: hashing one for each member would take
 * longer than the test.
 */
const createMemberOf = async ({ orders }: Story, network: string) => {
  const [member = { id: '' }] = await product.sql<{ id: string }>(`
    insert into users select (jsonb_populate_record(u, jsonb_build_object('id', time_ordered_uuid(),
      'email', gen_random_uuid() || '@example.test', 'invite_code', upper(left(md5(random()::text), 12))))).*
    from users u where id = '${template}' returning id`)
  const clicks = new Map<string, string>()
  for (const { click } of orders) {
    if (!click || clicks.has(click)) continue
    const ids = { member: member.id, merchant, network }
    clicks.set(click, (await insertClick(product, ids)).clickId)
  }
  return { member: member.id, clicks }
}

const job = (now: Date) => ({
  payload: product.payload,
  now,
  data: null,
  signal: new AbortController().signal,
})

const deliver = async (adapter: string, one: NetworkReport) => {
  const { payload } = product
  const network = networks.get(adapter) ?? ''
  const opened = findAdapter(adapter)?.open({ env: networksOptions(payload).env })
  if (!opened) throw new Error(adapter)
  if (one.kind === 'postback') {
    const { eventId } = opened.readPostback(one.fields)
    const { at: receivedAt, fields } = one
    await storePostback(await readDb(product), { network, fields, eventId, receivedAt })
    await applyPostbacks.run(job(one.at))
    return
  }
  await ingestPageAt(product, { network, at: one.at, page: opened.readPage(one.body) })
}

/** Removes the adjustments by finance, which no network reports. */
const expected = ({ adjust = [], expect: { wallet } }: Story) =>
  Object.fromEntries(
    Object.entries(wallet).map(([currency, minor]) => [
      currency,
      adjust
        .filter((each) => each.currency === currency)
        .reduce((sum, { amountMinor }) => sum - amountMinor, minor),
    ]),
  )

const walletOf = async ({ expect: { wallet } }: Story, member: string) => {
  const rows = await product.sql<{ currency: string; minor: string }>(
    `select currency, balance_minor as minor from wallets where owner_id = '${member}' and kind = 'available'`,
  )
  const held = new Map(rows.map(({ currency, minor }) => [currency, Number(minor)]))
  for (const currency of Object.keys(wallet)) held.set(currency, held.get(currency) ?? 0)
  return Object.fromEntries(held)
}

/** Selects events if their transfers do not add up to their credit. */
const unexplained = (member: string) =>
  product.sql(`
    select e.id from cashback_events e left join wallet_transactions t on t.cashback_event_id = e.id
    where e.member_id = '${member}' group by e.id having e.credited_minor <>
      coalesce(sum(case t.kind::text when 'cashback' then t.amount_minor else -t.amount_minor end), 0)`)

/** Every step at least once and some of them twice, in any order. */
const anyOrder = (count: number) => {
  const each = Array.from({ length: count }, (_, index) => index)
  return fc
    .array(fc.nat(count - 1), { maxLength: 4 })
    .map((again) => [...each, ...again])
    .chain((all) => fc.shuffledSubarray(all, { minLength: all.length }))
}

const openStory = async (adapter: string, story: Story) => {
  const { clicks, member } = await createMemberOf(story, networks.get(adapter) ?? '')
  const prefix = `${randomUUID().slice(0, 8)}-`
  const all = listReports({ network: adapter, story, clicks, prefix })
  return { all, member }
}

describe.each(['admitad', 'vcommission', 'cuelinks', 'awin'])(
  'a story in reports of %s',
  (adapter) => {
    it.each([...stories, BACK_AND_FORTH].map((story) => [story.id, story.why, story] as const))(
      '%s ends with the same wallet for any order and number of arrivals: %s',
      async (_id, _why, story) => {
        await product.payload.updateGlobal({
          slug: 'cashback-config',
          data: {
            autoApprove: (story.settings?.autoApprove ?? 'when-network-allows') as never,
            ageCapMinor: story.settings?.capMinor ?? null,
          },
        })
        const clicks = new Map(story.orders.map(({ click }) => [click ?? '', 'x']))
        const count = listReports({ network: adapter, story, clicks, prefix: '' }).length
        await fc.assert(
          fc.asyncProperty(anyOrder(count), fc.nat(count), async (order, jobsAt) => {
            reported += 1
            const { all, member } = await openStory(adapter, story)
            for (const [place, index] of order.entries()) {
              if (place === jobsAt && story.settings) await approveByAge.run(job(instantOf(31)))
              const one = all[index]
              if (one) await deliver(adapter, one)
            }
            expect(await walletOf(story, member)).toEqual(expected(story))
            expect(await unexplained(member)).toEqual([])
          }),
          { numRuns: RUNS, endOnFailure: true },
        )
      },
    )
  },
)

it.each(['admitad', 'vcommission', 'cuelinks', 'awin'])(
  'an approval by %s stays when an earlier decline, which followed the same statuses, arrives last',
  async (adapter) => {
    const { all, member } = await openStory(adapter, BACK_AND_FORTH)
    const seen = [20, 40, 30].map((day) =>
      all.find(
        ({ at, kind }) => kind === 'page' && at.getTime() === instantOf(day).getTime() + HOUR,
      ),
    )
    for (const page of seen) if (page) await deliver(adapter, page)
    expect(seen).not.toContain(undefined)
    expect(await walletOf(BACK_AND_FORTH, member)).toEqual({ INR: 3_500 })
  },
)

it('the ledger has no problems after more than two hundred orders of arrival', async () => {
  expect(reported).toBeGreaterThanOrEqual(200)
  expect((await verifyWallets(product.payload)).problems).toEqual([])
})
