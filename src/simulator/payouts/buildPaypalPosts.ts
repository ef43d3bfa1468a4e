import { randomUUID, sign } from 'node:crypto'
import { crc32 } from 'node:zlib'

import type { Post } from '../sendPost.ts'
import type { Payment } from './createBank.ts'
import { createCertificate } from './createCertificate.ts'
import { describeHeader, describeItem, isDenied } from './describePaypal.ts'
import type { WebhookContext } from './types.ts'

/** The path below which the certificate of the signatures is served. */
export const CERTIFICATE_PATH = /^\/v1\/notifications\/certs\/CERT-[\w-]+$/

/**
 * Builds the webhook of a payment: signed with RSA-SHA256 over `id|time|webhookId|crc32`, where the
 * last is the decimal CRC-32 of the body. REVERSED has no event.
 */
export const buildPaypalPosts = (payment: Payment, context: WebhookContext): Post[] => {
  const event = buildEvent(payment)
  if (!event) return []
  const { baseUrl, eventId, now, target } = context
  const time = now.toISOString()
  const body = JSON.stringify({
    id: `WH-${eventId}`,
    event_version: '1.0',
    create_time: time,
    ...event,
    links: [],
  })
  const id = randomUUID()
  const signed = Buffer.from([id, time, target.id ?? '', crc32(body)].join('|'))
  return [
    {
      url: target.url,
      body,
      headers: {
        'content-type': 'application/json',
        'paypal-auth-algo': 'SHA256withRSA',
        'paypal-cert-url': `${baseUrl}/v1/notifications/certs/CERT-simulator`,
        'paypal-transmission-id': id,
        'paypal-transmission-time': time,
        'paypal-transmission-sig': sign('sha256', signed, createCertificate().privateKey).toString(
          'base64',
        ),
      },
    },
  ]
}

const buildEvent = (payment: Payment) => {
  if (isDenied(payment)) {
    return {
      resource_type: 'payouts',
      event_type: 'PAYMENT.PAYOUTSBATCH.DENIED',
      resource: { batch_header: describeHeader(payment) },
    }
  }
  const resource = describeItem(payment)
  const isCanceled = payment.state === 'returned' && payment.reason === 'CANCELED'
  const name = isCanceled ? 'CANCELED' : EVENTS[resource.transaction_status]
  if (!name) return null
  return {
    resource_type: 'payouts_item',
    event_type: `PAYMENT.PAYOUTS-ITEM.${name}`,
    resource,
  }
}

/** The names of events differ from the statuses. */
const EVENTS: Record<string, string> = {
  BLOCKED: 'BLOCKED',
  FAILED: 'FAILED',
  ONHOLD: 'HELD',
  REFUNDED: 'REFUNDED',
  RETURNED: 'RETURNED',
  SUCCESS: 'SUCCEEDED',
  UNCLAIMED: 'UNCLAIMED',
}
