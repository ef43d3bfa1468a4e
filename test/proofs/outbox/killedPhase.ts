import type { BuiltProduct } from '../../support/startBuiltProduct.ts'
import type { Finding } from '../types.ts'
import {
  requestJobs,
  measureOvertaking,
  queueMany,
  measureCodes,
  sendCodes,
  untilNoneWaits,
  untilSigns,
} from './load.ts'
import type { Crew } from './startCrew.ts'

type Plan = {
  messages: number
  jobs: number
  otpLeaseSeconds: number
  /** True if the proof runs alone on the machine, so that durations can be guaranteed. */
  isTimed: boolean
}

/** The time that a worker needs to find a row with an expired lease, and to send it. */
const SLACK_SECONDS = 2

/**
 * Kills workers all the time: every message is still sent, or ends as a dead letter with a reason.
 */
export const killedPhase = async (
  product: BuiltProduct,
  crew: Crew,
  { isTimed, jobs, messages, otpLeaseSeconds }: Plan,
  say: (line: string) => void,
): Promise<Finding[]> => {
  const { kills } = await crew.killDuring(sendAll(product, { jobs, messages }))
  await untilNoneWaits(product, 'code')
  say(`${messages} messages and ${jobs} jobs under ${kills} kills`)

  const [signs] = await product.query<{ count: number }>(
    `select count(*)::int from inbound_events where source = 'sign'`,
  )
  return [
    {
      guarantee: 'workers were killed at least three times',
      holds: kills >= 3,
      seen: `${kills} kills of ${crew.size} workers`,
    },
    await checkOutcomes(product, messages),
    {
      guarantee: 'every job wrote its row',
      holds: signs?.count === jobs,
      seen: `${signs?.count} of ${jobs}`,
    },
    isTimed ? await checkDelay(product, otpLeaseSeconds) : await checkOrder(product),
  ]
}

const checkDelay = async (product: BuiltProduct, otpLeaseSeconds: number): Promise<Finding> => {
  const { count, longest } = await measureCodes(product, 'code')
  return {
    guarantee: 'a code is delayed by at most one lease of its lane',
    holds: count > 0 && longest <= otpLeaseSeconds + SLACK_SECONDS,
    seen: `${longest.toFixed(1)} s at most of ${count} codes; the lease is ${otpLeaseSeconds} s`,
  }
}

const checkOrder = async (product: BuiltProduct): Promise<Finding> => {
  const { count, longest } = await measureCodes(product, 'code')
  const { holds, seen } = await measureOvertaking(product, 'code', 'mail')
  return {
    guarantee: 'under kills codes overtake at least two thirds of the waiting mails',
    holds,
    seen: `${seen}; ${longest.toFixed(1)} s at most of ${count} codes`,
  }
}

const sendAll = async (
  product: BuiltProduct,
  { jobs, messages }: Pick<Plan, 'jobs' | 'messages'>,
) => {
  const over = new AbortController()
  const codes = sendCodes(product, 'code', over.signal)
  try {
    await Promise.all([queueMany(product, messages, 'mail'), requestJobs(product, jobs)])
    await Promise.all([untilNoneWaits(product, 'mail'), untilSigns(product, jobs)])
  } finally {
    over.abort()
    await codes
  }
}

const checkOutcomes = async (product: BuiltProduct, messages: number): Promise<Finding> => {
  const rows = await product.query<{
    label: string
    status: string
    reason: string | null
    count: number
  }>(
    `select split_part(dedupe_key, ':', 1) as label, status::text, reason, count(*)::int
     from notifications where dedupe_key like 'mail:%' or dedupe_key like 'code:%'
     group by 1, 2, 3 order by 1, 2, 3`,
  )
  const mails = rows.filter(({ label }) => label === 'mail')
  const total = mails.reduce((sum, row) => sum + row.count, 0)
  const isExplained = rows.every(
    ({ reason, status }) => status === 'sent' || (status === 'dead' && reason),
  )
  return {
    guarantee: 'every message is sent or is a dead letter with a reason, and none is lost',
    holds: isExplained && total === messages,
    seen: rows
      .map(({ count, label, reason, status }) => {
        const why = reason ? ` (${reason})` : ''
        return `${label} ${status}${why} ${count}`
      })
      .join(', '),
  }
}
