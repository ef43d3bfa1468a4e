import type { DeskTab } from '../../../src/payouts/desk/deskQuery.ts'
import type { MethodKind } from '../../../src/domain/payouts/methodKinds.ts'

export const TAB_LABELS: Record<DeskTab, string> = {
  waiting: 'Waiting',
  'on-hold': 'On hold',
  'to-pay': 'To pay',
  sent: 'Sent',
  'in-doubt': 'In doubt',
  'paid-late': 'Paid late',
  done: 'Done',
  'bank-files': 'Bank files',
}

export const KIND_LABELS: Record<MethodKind, string> = {
  upi: 'UPI',
  'bank-in': 'Bank account',
  iban: 'IBAN',
  paypal: 'PayPal',
  'gift-card': 'Gift card',
}

/** The heading of the column of times, by tab. */
export const TIME_LABELS: Record<Exclude<DeskTab, 'bank-files'>, string> = {
  waiting: 'Waits',
  'on-hold': 'Next date',
  'to-pay': 'Approved',
  sent: 'Sent',
  'in-doubt': 'In doubt',
  'paid-late': 'Reported',
  done: 'Ended',
}

export const EMPTY_TEXTS: Record<Exclude<DeskTab, 'bank-files'>, string> = {
  waiting: 'Nothing waits for an approval. New requests of members appear here.',
  'on-hold': 'Nothing is on hold. A hold has a reason, an owner and a next date.',
  'to-pay': 'Nothing is to be paid. Approved withdrawals appear here until they are sent.',
  sent: 'Nothing is on its way. What providers and banks have not settled yet appears here.',
  'in-doubt': 'Nothing is in doubt. A payment that may or may not have arrived appears here.',
  'paid-late':
    'No payment was reported late. One that was paid after its money had gone back appears here.',
  done: 'Nothing is done yet. Settled, failed, returned, rejected and cancelled ones appear here.',
}
