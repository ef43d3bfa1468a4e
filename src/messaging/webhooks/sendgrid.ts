import { createPublicKey, verify } from 'node:crypto'

import { z } from 'zod'

import type { DeliveryEvent } from '../types.ts'
import { readJson } from './readJson.ts'
import { meaningOf } from './sendgridMeanings.ts'
import type { Verdict } from './verdict.ts'

/** A signature says when it was made; an older or a later one could be one that somebody kept. */
const TOLERANCE_SECONDS = 300

type Signed = {
  /** As SendGrid shows it: base64 of the SPKI form. */
  publicKey: string
  /** `X-Twilio-Email-Event-Webhook-Signature`. */
  signature: string | undefined
  /** `X-Twilio-Email-Event-Webhook-Timestamp`: seconds since 1970. */
  timestamp: string | undefined
  /** As it came: JSON that was parsed and written again has other bytes. */
  rawBody: Buffer
  now: Date
}

/** ECDSA on P-256 with SHA-256, over timestamp and body. */
export const verifySendgrid = (signed: Signed): Verdict => {
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

/** The last moment that a Date can hold. */
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
 * A batch of events, each once. What says nothing of delivery (opened, clicked) is left out.
 * @throws DomainError `webhook.malformed`
 */
export const parseSendgrid = ({ rawBody }: { rawBody: Buffer }): DeliveryEvent[] => {
  const events = readJson({ text: rawBody.toString(), shape: Events, provider: 'sendgrid' })
  const once = new Map(events.map((event) => [event.sg_event_id, event]))
  return [...once.values()].flatMap((event) => {
    const meaning = meaningOf(event)
    if (!meaning) return []
    return {
      provider: 'sendgrid',
      eventId: event.sg_event_id,
      notificationId: event.notification_id ?? null,
      // It only begins with the id that the answer to our request gave.
      providerMessageId: event.sg_message_id?.split('.')[0] ?? null,
      ...meaning,
      code: event.type && event.type !== event.event ? event.type : event.event,
      detail: event.reason ?? event.response ?? null,
      at: new Date(event.timestamp * 1000).toISOString(),
    }
  })
}
