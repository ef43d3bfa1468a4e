import type { DeliveryEvent } from '../types.ts'

type Meaning = Pick<DeliveryEvent, 'status' | 'suppress'>

/**
 * What an event means; null where it tells nothing of delivery.
 * https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event
 */
export const meaningOf = (event: {
  event: string
  type?: string | undefined
  reason?: string | undefined
}): Meaning | null => {
  const { event: name, reason = '', type } = event
  // Blocked: refused this time, perhaps for our own sake; the address is good.
  if (name === 'bounce' && type === 'blocked') return { status: 'bounced', suppress: null }
  if (name !== 'dropped') return MEANINGS[name] ?? null
  const known = DROPPED.find(({ says }) => says.test(reason))
  return { status: 'failed', suppress: known?.suppress ?? null }
}

const MEANINGS: Record<string, Meaning> = {
  processed: { status: 'sent', suppress: null },
  deferred: { status: 'sent', suppress: null },
  delivered: { status: 'delivered', suppress: null },
  bounce: { status: 'bounced', suppress: 'bounce' },
  spamreport: { status: 'delivered', suppress: 'complaint' },
  unsubscribe: { status: 'delivered', suppress: 'opt-out' },
  group_unsubscribe: { status: 'delivered', suppress: 'opt-out' },
}

/** SendGrid drops what its own suppression lists name: ours learns of it here. */
const DROPPED: { says: RegExp; suppress: Meaning['suppress'] }[] = [
  { says: /^bounced/i, suppress: 'bounce' },
  { says: /^invalid$|invalid address/i, suppress: 'bounce' },
  { says: /spam report/i, suppress: 'complaint' },
  { says: /unsubscribed/i, suppress: 'opt-out' },
]
