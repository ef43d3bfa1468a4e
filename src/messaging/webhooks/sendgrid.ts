import { createPublicKey, verify } from 'node:crypto'

import { z } from 'zod'

import type { DeliveryEvent, WebhookCheck } from '../types.ts'
import { readJson } from './readJson.ts'

/** A signature holds its time; one outside the tolerance could be a replayed request. */
const TOLERANCE_SECONDS = 300

type Signed = {
  /** As SendGrid shows it: the base64 of the SPKI form. */
  publicKey: string
  /** `X-Twilio-Email-Event-Webhook-Signature`. */
  signature: string | undefined
  /** `X-Twilio-Email-Event-Webhook-Timestamp`: seconds since 1970. */
  timestamp: string | undefined
  /** The original bytes: parsing the JSON and writing it again would change them. */
  rawBody: Buffer
  now: Date
}

/** Checks the signature: ECDSA on P-256 with SHA-256, over timestamp and body. */
export const verifySendgrid = (signed: Signed): WebhookCheck => {
  const { now, publicKey, rawBody, signature, timestamp } = signed
  if (!signature || !timestamp) return 'unsigned'
  const key = createPublicKey({
    key: Buffer.from(publicKey, 'base64'),
    format: 'der',
    type: 'spki',
  })
  const content = Buffer.concat([Buffer.from(timestamp), rawBody])
  if (!verify('sha256', content, key, Buffer.from(signature, 'base64'))) return 'forged'
  const age = now.getTime() / 1000 - Number(timestamp)
  return Math.abs(age) <= TOLERANCE_SECONDS ? 'genuine' : 'stale'
}

/** The last instant that a Date can hold. */
const LATEST_SECONDS = 8_640_000_000_000

const Events = z.array(
  z.object({
    event: z.string(),
    sg_event_id: z.string().min(1).max(100),
    sg_message_id: z.string().optional(),
    timestamp: z.int().positive().max(LATEST_SECONDS),
    notification_id: z.string().optional(),
    type: z.string().optional(),
    reason: z.string().optional(),
    response: z.string().optional(),
    status: z.string().optional(),
  }),
)

/**
 * Parses a batch of events, each once. Omits events that are not about delivery (opened, clicked).
 *
 * @throws DomainError `webhook.malformed`
 */
export const parseSendgrid = ({ rawBody }: { rawBody: Buffer }): DeliveryEvent[] => {
  const events = readJson({ text: rawBody.toString(), shape: Events, provider: 'sendgrid' })
  const once = new Map(events.map((event) => [event.sg_event_id, event]))
  return [...once.values()].flatMap((event) => {
    const meaning = findMeaning(event)
    if (!meaning) return []
    return {
      provider: 'sendgrid',
      eventId: event.sg_event_id,
      notificationId: event.notification_id ?? null,
      // Only its first part is the id in the response to our request.
      providerMessageId: event.sg_message_id?.split('.')[0] ?? null,
      ...meaning,
      code: event.type && event.type !== event.event ? event.type : event.event,
      detail: event.reason ?? event.response ?? null,
      at: new Date(event.timestamp * 1000).toISOString(),
    }
  })
}

type Meaning = Pick<DeliveryEvent, 'status' | 'suppress'>

/**
 * The meaning of an event; null when it is not about delivery.
 * https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event
 */
const findMeaning = (event: {
  event: string
  type?: string | undefined
  reason?: string | undefined
}): Meaning | null => {
  const { event: name, reason = '', type } = event
  // Blocked: refused this time, perhaps because of the sender; the address is valid.
  if (name === 'bounce' && type === 'blocked') return { status: 'bounced', suppress: null }
  if (name !== 'dropped') return MEANINGS[name] ?? null
  const known = DROPPED.find(({ text }) => text.test(reason))
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

/**
 * SendGrid drops messages to addresses on its own suppression lists; ours copies them from here.
 */
const DROPPED: { text: RegExp; suppress: Meaning['suppress'] }[] = [
  { text: /^bounced/i, suppress: 'bounce' },
  { text: /^invalid$|invalid address/i, suppress: 'bounce' },
  { text: /spam report/i, suppress: 'complaint' },
  { text: /unsubscribed/i, suppress: 'opt-out' },
]
