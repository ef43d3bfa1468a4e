import { inLanes } from '../inLanes.ts'
import { balanceSeenBy } from './aPerson.ts'
import type { Part } from './part.ts'
import type { Testbed } from './startTestbed.ts'

const LANES = 4

/** What is not as the story ends: wallets as members see them. Empty when all is. */
export const wrongWallets = async (cast: Testbed, parts: Part[]): Promise<string[]> => {
  const found = await inLanes(parts, LANES, async ({ network, person, story }) => {
    const wrong: string[] = []
    for (const [currency, expected] of Object.entries(story.expect.wallet)) {
      const seen = await balanceSeenBy(cast, person, currency)
      if (seen !== expected) {
        wrong.push(`${story.id} at ${network}: ${seen} of ${expected} ${currency}`)
      }
    }
    return wrong
  })
  return found.flat()
}

/** Networks that have no word of their own for a state show the one before. */
const READS_AS: Partial<Record<string, Record<string, string>>> = {
  vcommission: { paid: 'approved' },
}

/** Final states of cashback, order by order; an order without any is absent. */
export const wrongEvents = async (cast: Testbed, parts: Part[]): Promise<string[]> => {
  const numbers = await numbersOf(cast)
  const seen = await eventsSeen(cast)
  return parts.flatMap(({ network, person, prefix, story }) =>
    story.orders.flatMap(({ order }) => {
      const told = story.expect.events[order]
      const expected = told && (READS_AS[network]?.[told] ?? told)
      const own = seen.filter(({ member }) => member === person.id)
      const number = numbers.get(prefix + order)
      const names = [prefix + order, String(number)]
      const found = own.find((row) => names.includes(row.name) || names.includes(row.externalId))
      return found?.status === expected
        ? []
        : [`${prefix}${order}: ${found?.status ?? 'no event'} instead of ${expected ?? 'none'}`]
    }),
  )
}

type Seen = { member: string; name: string; externalId: string; status: string }

const eventsSeen = ({ product }: Testbed): Promise<Seen[]> =>
  product.query<Seen>(
    `select e.member_id::text as member, coalesce(s.order_id, s.external_id) as name,
       s.external_id as "externalId", e.status::text
     from cashback_events e join network_transactions s on s.id = e.transaction_id
     where s.reversal_of is null and s.commission_minor >= 0`,
  )

const numbersOf = async ({ simulator }: Testbed): Promise<Map<string, number | null>> => {
  const response = await fetch(`${simulator.url}/control/orders`)
  const { orders } = (await response.json()) as { orders: { order: string; number: number }[] }
  return new Map(orders.map(({ number, order }) => [order, number]))
}
