import type { DeliveryEvent } from '../messaging/types.ts'

/**
 * How far along its way a report says that a message is. A mailbox may refuse what its server took,
 * so that a bounce comes after the delivery; the other way round there is none.
 */
export const RANKS: Record<DeliveryEvent['status'], number> = {
  sent: 1,
  delivered: 2,
  bounced: 3,
  failed: 3,
}

/**
 * Of several reports on one message the one that counts: the furthest, of those the first. So it
 * does not matter in which order they came.
 */
export const leadingReport = <Report extends Pick<DeliveryEvent, 'status'>>(
  reports: readonly [Report, ...Report[]],
): Report =>
  reports.reduce((leading, next) => (RANKS[next.status] > RANKS[leading.status] ? next : leading))
