/**
 * The faults of payout providers. They apply to orders; a rule with `isForLookUps` applies to
 * look-ups instead. Not listed: `fails-<reason>`, an order that fails with the provider's reason.
 */
export const PAYOUT_FAULTS = [
  /** Taken; the connection is cut instead of an answer. */
  'accepted-and-cut',
  /** Not taken; the connection is cut instead of an answer. */
  'cut-before',
  /** Taken; no answer in time. */
  'timeout',
  '500-before',
  '500-after',
  '429',
  /** Taken; the answer is the conflict of a repeat while the first request is still running. */
  'conflict-while-running',
  /** As the provider treats an order that the balance does not cover. */
  'low-balance',
  /** Never settles by itself. */
  'stays-pending',
  /** Returned after it settled: `seconds` later, at once by default. */
  'late-reversal',
  'duplicate-webhook',
  /** Settles, and the webhook is delivered before the answer, which still has the first state. */
  'webhook-before-answer',
  /** Waits for the recipient to claim it. */
  'unclaimed',
  /** Settles without its gift card, which is there from the next look-up on. */
  'codes-later',
] as const
export type PayoutFault = (typeof PAYOUT_FAULTS)[number] | `fails-${string}`

/** Faults of the connection and the credentials that other providers show too. */
export const COMMON_PAYOUT_FAULTS = ['truncated', 'unauthorized'] as const

/** Faults that only some providers can show. */
const RARE_FAULTS: readonly string[] = ['unclaimed', 'codes-later']

/** Whether a payout provider can show the fault; `rare` lists the provider's own. */
export const isPayoutFault = (fault: string, rare: readonly string[] = []): boolean => {
  if (RARE_FAULTS.includes(fault)) return rare.includes(fault)
  return (
    fault.startsWith('fails-') ||
    [...PAYOUT_FAULTS, ...COMMON_PAYOUT_FAULTS].some((each) => each === fault)
  )
}
