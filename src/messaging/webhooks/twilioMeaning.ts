import type { DeliveryEvent } from '../types.ts'

type Meaning = Pick<DeliveryEvent, 'status' | 'suppress'>

/**
 * What a report means: an error code says more than the status it comes with. A status that Twilio
 * adds one day counts as being on its way, so that it ends nothing.
 */
export const twilioMeaning = (report: { status: string; errorCode: string | null }): Meaning =>
  ERRORS[report.errorCode ?? ''] ?? {
    status: STATUSES[report.status] ?? 'sent',
    suppress: null,
  }

/** https://www.twilio.com/docs/messaging/api/message-resource#message-status-values */
const STATUSES: Record<string, Meaning['status']> = {
  accepted: 'sent',
  scheduled: 'sent',
  queued: 'sent',
  sending: 'sent',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  partially_delivered: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
}

/** Errors that are about the number; any other (unreachable, filtered) may pass. */
const ERRORS: Record<string, Meaning> = {
  21610: { status: 'failed', suppress: 'opt-out' },
  30005: { status: 'bounced', suppress: 'bounce' }, // unknown, perhaps no longer in use
  30006: { status: 'bounced', suppress: 'bounce' }, // a landline
}
