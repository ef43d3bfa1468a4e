import { randomUUID, sign } from 'node:crypto'

import type { State } from '../state.ts'
import type { Post } from '../sendPost.ts'
import type { Report } from './types.ts'

type Event = Record<string, unknown>

/**
 * Builds one signed batch of SendGrid's event webhook. A duplicate is sent twice: once more within
 * the batch, and with a second batch.
 */
export const buildSendgridPosts = (reports: Report[], state: State): Post[] => {
  const url = state.webhooks.sendgrid?.url
  if (!url) return []
  const events = reports.flatMap((report) => buildEvents(report, state.clock.now()))
  // One event per line, like the real webhook: the signature is over these exact bytes.
  const body = `[${events.map((event) => JSON.stringify(event)).join(',\r\n')}]\r\n`
  const timestamp = String(Math.floor(state.clock.now().getTime() / 1000))
  const signature = sign('sha256', Buffer.from(timestamp + body), state.sendgridKeys.privateKey)
  const post = {
    url,
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'SendGrid Event API',
      'x-twilio-email-event-webhook-signature': signature.toString('base64'),
      'x-twilio-email-event-webhook-timestamp': timestamp,
    },
  }
  const times = 1 + Math.max(0, ...reports.map(({ duplicates = 0 }) => duplicates))
  return Array.from({ length: times }, () => post)
}

const buildEvents = (report: Report, now: Date): Event[] => {
  const { duplicates = 0, message, outOfOrder } = report
  const seconds = Math.floor(now.getTime() / 1000)
  const last = buildLastEvent(report)
  const steps = last.event === 'dropped' ? [last] : [{ event: 'processed' }, last]
  const events = steps.map((step, index) => ({
    email: message.to,
    timestamp: seconds - (steps.length - 1 - index),
    'smtp-id': `<${message.id}@ismtpd-1>`,
    ...readCategories(message.raw),
    ...step,
    sg_event_id: randomUUID(),
    sg_message_id: `${message.id}.recvd-simulator-1-1.0`,
    ...message.carried,
  }))
  const again = Array.from({ length: duplicates }, () => events.at(-1) ?? {})
  const all = [...events, ...again]
  return outOfOrder ? all.reverse() : all
}

/** After a block the address stays valid; after a bounce it does not. */
const buildLastEvent = ({ code, status }: Report): Event => {
  if (status === 'delivered') return { event: 'delivered', ip: '192.0.2.10', response: '250 OK' }
  if (status === 'failed') {
    return { event: 'dropped', reason: code ?? 'Bounced Address', status: '5.0.0' }
  }
  if (status === 'opted-out') {
    return code === 'dropped'
      ? { event: 'dropped', reason: 'Unsubscribed Address', status: '5.0.0' }
      : { event: code ?? 'unsubscribe' }
  }
  return code === 'blocked'
    ? { event: 'bounce', type: 'blocked', reason: '421 4.7.0 try again later', status: '4.7.0' }
    : {
        event: 'bounce',
        type: 'bounce',
        bounce_classification: 'Invalid Address',
        reason: '550 5.1.1 unknown user',
        status: '5.1.1',
      }
}

const readCategories = (raw: unknown): Event => {
  const { categories } = (raw ?? {}) as { categories?: string[] }
  return categories ? { category: categories } : {}
}
