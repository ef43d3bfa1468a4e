export const WITHDRAWAL_STATUSES = [
  'requested',
  'on-hold',
  'approved',
  'sent',
  'in-doubt',
  'settled',
  'failed',
  'returned',
  'rejected',
  'cancelled',
] as const
export type WithdrawalStatus = (typeof WITHDRAWAL_STATUSES)[number]
export type WithdrawalActor = 'finance' | 'machine' | 'member'

/**
 * What a transition posts, always the gross amount.
 *
 * - `hold` available → held
 * - `debit` held → payouts
 * - `release` held → available
 * - `return` payouts → held if the withdrawal is paid again, else payouts → available
 */
type WithdrawalPosting = 'debit' | 'hold' | 'release' | 'return'

export type WithdrawalTransition = {
  /** Null for the request itself. */
  from: WithdrawalStatus | null
  to: WithdrawalStatus
  by: WithdrawalActor
  posts: WithdrawalPosting | null
  /** The template of the message to the member. */
  notifies: string | null
}

/**
 * All that can happen to a withdrawal. A hold ends its approvals, so lifting one leads back to
 * `requested`. The message `withdrawal-processed` goes out once: a second attempt repeats the
 * transition, so its key names the withdrawal and not the attempt.
 */
export const WITHDRAWAL_TRANSITIONS: readonly WithdrawalTransition[] = (
  [
    [null, 'requested', 'member', 'hold', 'withdrawal-requested'],
    ['requested', 'approved', 'finance', null, null],
    ['requested', 'approved', 'machine', null, null],
    ['requested', 'rejected', 'finance', 'release', 'withdrawal-rejected'],
    ['requested', 'on-hold', 'finance', null, 'withdrawal-on-hold'],
    ['requested', 'cancelled', 'member', 'release', 'withdrawal-cancelled'],
    ['on-hold', 'requested', 'finance', null, null],
    ['on-hold', 'rejected', 'finance', 'release', 'withdrawal-rejected'],
    ['on-hold', 'cancelled', 'member', 'release', 'withdrawal-cancelled'],
    ['approved', 'on-hold', 'finance', null, 'withdrawal-on-hold'],
    ['approved', 'rejected', 'finance', 'release', 'withdrawal-rejected'],
    ['approved', 'sent', 'machine', 'debit', 'withdrawal-processed'],
    ['sent', 'settled', 'machine', null, null],
    ['sent', 'failed', 'machine', 'return', 'withdrawal-failed'],
    ['sent', 'in-doubt', 'machine', null, null],
    ['sent', 'approved', 'machine', 'return', null],
    // The report that it was paid may never arrive, and only the one that the money came back.
    ['sent', 'returned', 'machine', 'return', 'withdrawal-returned'],
    ['in-doubt', 'settled', 'machine', null, null],
    ['in-doubt', 'failed', 'machine', 'return', 'withdrawal-failed'],
    ['in-doubt', 'sent', 'machine', null, null],
    ['in-doubt', 'approved', 'machine', 'return', null],
    ['in-doubt', 'returned', 'machine', 'return', 'withdrawal-returned'],
    ['settled', 'returned', 'machine', 'return', 'withdrawal-returned'],
  ] as const
).map(([from, to, by, posts, notifies]) => ({ from, to, by, posts, notifies }))

/**
 * Returns the transition between two statuses, or null. `by` limits it to one kind of actor.
 */
export const findTransition = (
  from: WithdrawalStatus | null,
  to: WithdrawalStatus,
  by?: WithdrawalActor,
): WithdrawalTransition | null =>
  WITHDRAWAL_TRANSITIONS.find(
    (known) => known.from === from && known.to === to && (by === undefined || known.by === by),
  ) ?? null

/**
 * Returns why a withdrawal cannot change its status, or null if it can.
 *
 * - `withdrawal.unchanged` it has that status
 * - `withdrawal.final` nothing follows its status
 * - `withdrawal.in-payment` it is sent, in doubt or settled, and only reports change it
 * - `withdrawal.wrong-actor` another kind of actor makes this change
 * - `withdrawal.wrong-status` the new status does not follow
 */
export const checkTransition = (
  from: WithdrawalStatus | null,
  to: WithdrawalStatus,
  by?: WithdrawalActor,
): string | null => {
  if (findTransition(from, to, by)) return null
  if (from === to) return 'withdrawal.unchanged'
  if (from !== null && isFinal(from)) return 'withdrawal.final'
  if (findTransition(from, to)) return 'withdrawal.wrong-actor'
  return from !== null && holdsMoney(from) === 'payouts'
    ? 'withdrawal.in-payment'
    : 'withdrawal.wrong-status'
}

/** Returns true if nothing follows. `settled` is not final: a bank can return a paid amount. */
export const isFinal = (status: WithdrawalStatus): boolean =>
  !WITHDRAWAL_TRANSITIONS.some(({ from }) => from === status)

/** Returns true while the member neither received the money nor has it back. */
export const isOpen = (status: WithdrawalStatus): boolean =>
  status !== 'settled' && !isFinal(status)

/**
 * Returns the account in which the gross amount is: `held` of the member, `payouts` of the
 * platform, or `nowhere` once it went back to the member's available balance.
 */
export const holdsMoney = (status: WithdrawalStatus): 'held' | 'nowhere' | 'payouts' =>
  HOLDS[status]

const HOLDS: Record<WithdrawalStatus, 'held' | 'nowhere' | 'payouts'> = {
  requested: 'held',
  'on-hold': 'held',
  approved: 'held',
  sent: 'payouts',
  'in-doubt': 'payouts',
  settled: 'payouts',
  failed: 'nowhere',
  returned: 'nowhere',
  rejected: 'nowhere',
  cancelled: 'nowhere',
}
