import { listPayments, type Payment } from './actions.ts'
import type { Stage } from './startStage.ts'

/** A withdrawal as the product sees it, beside what the simulated providers did for it. */
export type Truth = {
  id: string
  driver: string
  status: string
  netMinor: number
  keys: string[]
  /** How often money left for it and came back, over all of its attempts. */
  out: number
  back: number
  /** Whether all that left had the net amount. */
  isExact: boolean
}

type Row = Pick<Truth, 'driver' | 'id' | 'keys' | 'netMinor' | 'status'>

/** Reads the withdrawals of the payers' members, and then what was really paid. */
export const readTruth = async (
  stage: Stage,
): Promise<{ truths: Truth[]; unknown: Payment[]; open: Payment[] }> => {
  const members = [...stage.people.values()].map(({ id }) => id)
  // First the product, then the providers: a payment that is settled in between is no lie.
  const rows = await stage.product.query<Row>(
    `select w.id::text, w.driver, w.status::text, w.net_minor::float8 as "netMinor",
       array(select a.key from payout_attempts a where a.withdrawal_id = w.id order by a.number) as keys
     from withdrawals w where w.member_id = any ($1::uuid[])`,
    [members],
  )
  const payments = await listPayments(stage)
  const byKey = groupByKey(payments)
  const known = new Set(rows.flatMap(({ keys }) => keys))
  return {
    truths: rows.map((row) =>
      toTruth(
        row,
        row.keys.flatMap((key) => byKey.get(key) ?? []),
      ),
    ),
    unknown: payments.filter(({ key }) => !known.has(key)),
    open: payments.filter(({ state }) => state === 'pending' || state === 'queued'),
  }
}

const groupByKey = (payments: Payment[]): Map<string, Payment[]> => {
  const groups = new Map<string, Payment[]>()
  for (const payment of payments) {
    groups.set(payment.key, [...(groups.get(payment.key) ?? []), payment])
  }
  return groups
}

const toTruth = (row: Row, payments: Payment[]): Truth => {
  const moves = payments.flatMap(({ movements }) => movements)
  return {
    ...row,
    out: moves.filter(({ kind }) => kind === 'out').length,
    back: moves.filter(({ kind }) => kind === 'back').length,
    isExact: moves.every(({ amountMinor }) => amountMinor === row.netMinor),
  }
}

/** Statuses that say that the member has the money at the bank. */
const PAID = new Set(['settled'])
/** Statuses that say that the money is not at the bank, and is the member's again or still. */
const UNPAID = new Set([
  'requested',
  'approved',
  'failed',
  'returned',
  'rejected',
  'cancelled',
  'on-hold',
])

/** Why a withdrawal does not say the truth, or was paid twice; null if all is well. */
export const findLie = ({ back, driver, id, isExact, out, status }: Truth): string | null => {
  const what = `${status} withdrawal ${id} of ${driver}: money left ${out} and came back ${back} times`
  if (!isExact || out > 1 || back > out) return what
  if (PAID.has(status) && out - back !== 1) return what
  if (UNPAID.has(status) && out - back !== 0) return what
  return null
}
