import { inLanes } from '../inLanes.ts'
import { fetchBalance } from './createPerson.ts'
import type { StoryRun } from './storyRun.ts'
import type { Testbed } from './startTestbed.ts'

const LANES = 4

/**
 * Compares the balances that members see with those of their stories. Returns a line for each
 * difference.
 */
export const findWrongWallets = async (testbed: Testbed, runs: StoryRun[]): Promise<string[]> => {
  const found = await inLanes(runs, LANES, async ({ network, person, story }) => {
    const wrong: string[] = []
    for (const [currency, expected] of Object.entries(story.expect.wallet)) {
      const seen = await fetchBalance(testbed, person, currency)
      if (seen !== expected) {
        wrong.push(`${story.id} at ${network}: ${seen} of ${expected} ${currency}`)
      }
    }
    return wrong
  })
  return found.flat()
}

/** Networks without a status for a state of our own report the state before it. */
const REPORTED_AS: Partial<Record<string, Record<string, string>>> = {
  vcommission: { paid: 'approved' },
}

/**
 * Compares the final status of each order's cashback with its story. Returns a line for each
 * difference.
 */
export const findWrongEvents = async (testbed: Testbed, runs: StoryRun[]): Promise<string[]> => {
  const numbers = await loadOrderNumbers(testbed)
  const seen = await loadEvents(testbed)
  return runs.flatMap(({ network, person, prefix, story }) =>
    story.orders.flatMap(({ order }) => {
      const final = story.expect.events[order]
      const expected = final && (REPORTED_AS[network]?.[final] ?? final)
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

type Event = { member: string; name: string; externalId: string; status: string }

const loadEvents = ({ product }: Testbed): Promise<Event[]> =>
  product.query<Event>(
    `select e.member_id::text as member, coalesce(s.order_id, s.external_id) as name,
       s.external_id as "externalId", e.status::text
     from cashback_events e join network_transactions s on s.id = e.transaction_id
     where s.reversal_of is null and s.commission_minor >= 0`,
  )

const loadOrderNumbers = async ({ simulator }: Testbed): Promise<Map<string, number | null>> => {
  const response = await fetch(`${simulator.url}/control/orders`)
  const { orders } = (await response.json()) as { orders: { order: string; number: number }[] }
  return new Map(orders.map(({ number, order }) => [order, number]))
}
