import fs from 'node:fs'
import path from 'node:path'

import {
  createMemberWithClicks,
  ingestOrders,
  type Story,
} from '../../../test/support/ingestOrders.ts'
import { instantOf } from '../../../test/support/instants.ts'
import { createUser, readBalance, signIn } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { approveByAge } from '../../../jobs/cashback/approveByAge.ts'

const { stories } = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, 'fixtures/stories.json'), 'utf8'),
) as { stories: Story[] }

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const configure = ({ settings }: Story) =>
  product.payload.updateGlobal({
    slug: 'cashback-config',
    data: {
      autoApprove: (settings?.autoApprove ?? 'when-network-allows') as never,
      ageCapMinor: settings?.capMinor ?? null,
    },
  })

const daysOf = ({ orders }: Story): number[] => [
  ...new Set([...orders.flatMap(({ timeline }) => timeline.map(({ day }) => day)), 31]),
]

/** Adjustments by finance, with a reason. */
const adjust = async (member: string, story: Story) => {
  const { payload } = product
  const finance = await signIn(payload, await createUser(payload, { role: 'finance' }))
  for (const { amountMinor, currency, reason } of story.adjust ?? []) {
    const effect = amountMinor < 0 ? 'debit' : 'credit'
    const body = { member, effect, amountMinor: Math.abs(amountMinor), currency, reason }
    const answer = await product.rest('POST', '/api/adjustments', { authorization: finance, body })
    expect(answer.status).toBe(201)
  }
}

const walletsOf = async ({ expect: { wallet } }: Story, member: string) =>
  Object.fromEntries(
    await Promise.all(
      Object.keys(wallet).map(async (currency) => [
        currency,
        await readBalance(product.payload, member, currency),
      ]),
    ),
  ) as Record<string, number>

const eventsOf = async (network: string) =>
  Object.fromEntries(
    (
      await product.sql<{ order: string; status: string }>(
        `select s.external_id as order, e.status::text from cashback_events e
         join network_transactions s on s.id = e.transaction_id where s.network_id = '${network}'`,
      )
    ).map(({ order, status }) => [order, status]),
  )

describe.each(stories.map((story) => [story.id, story.why, story] as const))(
  '%s: %s',
  (_id, _why, story) => {
    it('ends with the expected wallets and events after each step is polled twice and due jobs run', async () => {
      await configure(story)
      const { clicks, member, network } = await createMemberWithClicks(product, story.orders)
      for (const day of daysOf(story).sort((a, b) => a - b)) {
        const step = { clicks, day, network: network.id, orders: story.orders }
        await ingestOrders(product, step)
        await ingestOrders(product, step)
        await approveByAge.run({
          payload: product.payload,
          now: instantOf(day),
          data: null,
          signal: new AbortController().signal,
        })
      }
      await adjust(member.id, story)
      expect(await walletsOf(story, member.id)).toEqual(story.expect.wallet)
      expect(await eventsOf(network.id)).toEqual(story.expect.events)
    })
  },
)
