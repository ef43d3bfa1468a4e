import type { BuiltProduct } from '../../support/startBuiltProduct.ts'
import type { Finding } from '../types.ts'
import {
  askForJobs,
  overtaking,
  queueMany,
  secondsOfCodes,
  sendCodes,
  untilNoneWaits,
  untilSigns,
} from './load.ts'
import type { Crew } from './startCrew.ts'

type Plan = {
  messages: number
  jobs: number
  otpLeaseSeconds: number
  /** The proof has the machine to itself: seconds are a guarantee. */
  isTimed: boolean
}

/** What a worker needs to look at a row whose lease ended, and to send it. */
const SLACK_SECONDS = 2

/** Workers die all the time: everything ends all the same, with a reason where it is not sent. */
export const killedPhase = async (
  product: BuiltProduct,
  crew: Crew,
  { isTimed, jobs, messages, otpLeaseSeconds }: Plan,
  say: (line: string) => void,
): Promise<Finding[]> => {
  const { kills } = await crew.killDuring(work(product, { jobs, messages }))
  await untilNoneWaits(product, 'code')
  say(`${messages} messages and ${jobs} jobs under ${kills} kills`)

  const [signs] = await product.query<{ count: number }>(
    `select count(*)::int from inbound_events where source = 'sign'`,
  )
  return [
    {
      guarantee: 'workers were killed again and again',
      holds: kills >= 3,
      seen: `${kills} kills of ${crew.size} workers`,
    },
    await endOfAll(product, messages),
    {
      guarantee: 'every job left its row',
      holds: signs?.count === jobs,
      seen: `${signs?.count} of ${jobs}`,
    },
    isTimed ? await inTime(product, otpLeaseSeconds) : await inOrder(product),
  ]
}

const inTime = async (product: BuiltProduct, otpLeaseSeconds: number): Promise<Finding> => {
  const { count, longest } = await secondsOfCodes(product, 'code')
  return {
    guarantee: 'a code is late by one lease of its lane at most',
    holds: count > 0 && longest <= otpLeaseSeconds + SLACK_SECONDS,
    seen: `${longest.toFixed(1)} s at most of ${count} codes; the lease is ${otpLeaseSeconds} s`,
  }
}

const inOrder = async (product: BuiltProduct): Promise<Finding> => {
  const { count, longest } = await secondsOfCodes(product, 'code')
  const { holds, seen } = await overtaking(product, 'code', 'mail')
  return {
    guarantee: 'under kills a code overtakes at least two thirds of the mails that wait',
    holds,
    seen: `${seen}; ${longest.toFixed(1)} s at most of ${count} codes`,
  }
}

const work = async (product: BuiltProduct, { jobs, messages }: Pick<Plan, 'jobs' | 'messages'>) => {
  const over = new AbortController()
  const codes = sendCodes(product, 'code', over.signal)
  try {
    await Promise.all([queueMany(product, messages, 'mail'), askForJobs(product, jobs)])
    await Promise.all([untilNoneWaits(product, 'mail'), untilSigns(product, jobs)])
  } finally {
    over.abort()
    await codes
  }
}

const endOfAll = async (product: BuiltProduct, messages: number): Promise<Finding> => {
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
    guarantee: 'every message is sent, or dead with a reason; none is lost',
    holds: isExplained && total === messages,
    seen: rows
      .map(({ count, label, reason, status }) => {
        const why = reason ? ` (${reason})` : ''
        return `${label} ${status}${why} ${count}`
      })
      .join(', '),
  }
}
