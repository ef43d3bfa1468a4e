/**
 * The statuses of one attempt to pay. `sending`: stored and debited, and it is not known whether the
 * provider was reached.
 */
export const ATTEMPT_STATUSES = [
  'sending',
  'sent',
  'in-doubt',
  'settled',
  'failed',
  'returned',
] as const
export type AttemptStatus = (typeof ATTEMPT_STATUSES)[number]
/** The status of one report of a provider about an attempt. */
export type ReportStatus = 'failed' | 'not-found' | 'pending' | 'returned' | 'settled' | 'unknown'

export type ReportDecision =
  | {
      kind: 'apply'
      to: AttemptStatus
      /** True if the money goes back to the member, at most once for each attempt. */
      returnsMoney: boolean
    }
  | { kind: 'ignore'; because: 'already-taken' | 'repeated' | 'superseded' }
  | { kind: 'late-success' }

/**
 * How far an attempt is. A report never lowers the rank; only a look-up that finds nothing puts a
 * sent attempt in doubt again.
 */
export const ATTEMPT_RANKS: Record<AttemptStatus, number> = {
  sending: 0,
  'in-doubt': 1,
  sent: 2,
  settled: 3,
  failed: 4,
  returned: 5,
}

/**
 * Decides about one report of a provider. Reports arrive in any order and repeatedly, and lead to
 * the same status or to a late success:
 *
 * - `pending` proves that the provider has the payout and undoes nothing.
 * - `failed` after `settled` is a return: RazorpayX and Cashfree reverse processed payouts.
 * - `settled` after `failed` or `returned` is a late success. The money has gone back to the
 *   member already, so a person decides.
 * - `unknown` puts an attempt in doubt only while the provider may not have it.
 * - `not-found` puts an attempt in doubt: the order was lost, or is not listed yet.
 *
 * @example decideReport({ status: 'settled' }, 'failed') // { kind: 'apply', to: 'returned', returnsMoney: true }
 */
export const decideReport = (
  { status }: { status: AttemptStatus },
  report: ReportStatus,
): ReportDecision => {
  switch (report) {
    case 'settled':
      return isBack(status) ? { kind: 'late-success' } : advance(status, 'settled')
    case 'failed':
      return advance(status, status === 'settled' ? 'returned' : 'failed')
    case 'returned':
      return advance(status, 'returned')
    case 'pending':
      return advance(status, 'sent')
    case 'unknown':
      return status === 'sent'
        ? { kind: 'ignore', because: 'already-taken' }
        : advance(status, 'in-doubt')
    case 'not-found':
      return status === 'sent'
        ? { kind: 'apply', to: 'in-doubt', returnsMoney: false }
        : advance(status, 'in-doubt')
  }
}

const advance = (from: AttemptStatus, to: AttemptStatus): ReportDecision => {
  if (from === to) return { kind: 'ignore', because: 'repeated' }
  if (ATTEMPT_RANKS[from] > ATTEMPT_RANKS[to]) return { kind: 'ignore', because: 'superseded' }
  return { kind: 'apply', to, returnsMoney: isBack(to) && !isBack(from) }
}

/** True once the money of the attempt is no longer in the payouts account. */
const isBack = (status: AttemptStatus): boolean => status === 'failed' || status === 'returned'
