import { verify, X509Certificate } from 'node:crypto'
import { crc32 } from 'node:zlib'

import { z } from 'zod'

import { DomainError } from '../../domain/errors.ts'
import { type PrivateHosts, refuseUrl } from '../../platform/outbound/refuseUrl.ts'
import {
  decideRefusedBatch,
  ITEM_STATUSES,
  PaypalItem,
  readItem,
} from '../drivers/paypal/readBatch.ts'
import type { PayoutReport, ReadWebhook, ReceivedReport } from '../drivers/types.ts'

type PaypalWebhookOptions = {
  /** The id that PayPal gave to our webhook. The signature covers it. */
  webhookId: string
  /** The exact hosts that certificates may come from, such as `PAYPAL_CERTIFICATE_HOSTS`. */
  certHosts: readonly string[]
  /** Reads a certificate in PEM form; `openCertificateReader` does. */
  fetchCertificate: (url: URL) => Promise<string>
  /** The hosts that may be private and without TLS: none in production. */
  privateHosts?: PrivateHosts
}

/** The hosts of the certificates, for the live service and the sandbox. */
export const PAYPAL_CERTIFICATE_HOSTS = {
  live: ['api.paypal.com', 'api-m.paypal.com'],
  sandbox: ['api.sandbox.paypal.com', 'api-m.sandbox.paypal.com'],
} as const

/**
 * Creates the reader of PayPal's webhooks. It checks the signature without a request to PayPal but
 * for the certificate, which is kept. `forged`: also a certificate from a host that is not allowed.
 * `stale`: signed longer ago than PayPal repeats a webhook (25 times in 3 days), or in the future.
 *
 * @throws DomainError `webhook.certificate-unavailable` the certificate could not be read now, so
 *   that nothing is known of the webhook; PayPal repeats it if it is refused
 */
export const createPaypalWebhook = (options: PaypalWebhookOptions): ReadWebhook => {
  const findCertificate = openCertificates(options)
  return async ({ headers, now, raw }) => {
    const signed = readSignature(headers)
    if (!signed) return { check: 'unsigned', reports: [] }
    const url = URL.canParse(signed.certUrl) ? new URL(signed.certUrl) : null
    if (signed.algorithm !== 'SHA256withRSA' || !url || !isAllowed(url, options)) return FORGED

    const certificate = await findCertificate(url)
    if (!isCertificateValid(certificate, now)) return FORGED
    const content = [signed.id, signed.time, options.webhookId, crc32(raw)].join('|')
    const signature = Buffer.from(signed.signature, 'base64')
    if (!verify('sha256', Buffer.from(content), certificate.publicKey, signature)) return FORGED
    if (!isRecent(signed.time, now)) return { check: 'stale', reports: [] }
    return { check: 'genuine', reports: readReports(raw) }
  }
}

const FORGED = { check: 'forged' as const, reports: [] }

const readSignature = (headers: Record<string, string | undefined>) => {
  const id = headers['paypal-transmission-id']
  const time = headers['paypal-transmission-time']
  const signature = headers['paypal-transmission-sig']
  const certUrl = headers['paypal-cert-url']
  const algorithm = headers['paypal-auth-algo']
  if (!id || !time || !signature || !certUrl || !algorithm) return null
  return { id, time, signature, certUrl, algorithm }
}

/** Compares the whole host, with its port: `api.paypal.com.example` is another one. */
const isAllowed = (url: URL, { certHosts, privateHosts = [] }: PaypalWebhookOptions): boolean =>
  certHosts.includes(url.host) && refuseUrl(url, privateHosts) === null

/** PayPal uses one certificate at a time and changes it about once a year. */
const MAX_CERTIFICATES = 10

/** Keeps certificates by address. Concurrent webhooks share one request. A failure is not kept. */
const openCertificates = ({ fetchCertificate }: PaypalWebhookOptions) => {
  const known = new Map<string, Promise<X509Certificate>>()
  return (url: URL): Promise<X509Certificate> => {
    const found = known.get(url.href)
    if (found) return found
    const [oldest] = known.keys()
    if (known.size >= MAX_CERTIFICATES && oldest !== undefined) known.delete(oldest)
    const certificate = fetchCertificate(url)
      .then((pem) => new X509Certificate(pem))
      .catch(() => {
        known.delete(url.href)
        const message = 'PayPal’s certificate cannot be read.'
        throw new DomainError('webhook.certificate-unavailable', message)
      })
    known.set(url.href, certificate)
    return certificate
  }
}

const isCertificateValid = (certificate: X509Certificate, now: Date): boolean =>
  certificate.publicKey.asymmetricKeyType === 'rsa' &&
  Date.parse(certificate.validFrom) <= now.getTime() &&
  Date.parse(certificate.validTo) > now.getTime()

const OLDEST_MS = 73 * 60 * 60_000
const NEWEST_MS = 5 * 60_000

const isRecent = (time: string, now: Date): boolean => {
  const age = now.getTime() - Date.parse(time)
  return age <= OLDEST_MS && age >= -NEWEST_MS
}

const Event = z.object({
  id: z.string().min(1).max(200),
  event_type: z.string(),
  create_time: z.iso.datetime({ offset: true }).nullish().catch(null),
  resource: z.unknown(),
})
const DeniedBatch = z.object({
  batch_header: z.object({
    payout_batch_id: z.string().min(1),
    sender_batch_header: z.object({ sender_batch_id: z.string() }).nullish(),
  }),
})

/** Reads the report of an event. Events that move no payout, and unreadable ones, have none. */
const readReports = (raw: Buffer): ReceivedReport[] => {
  const { data: event } = Event.safeParse(parseJson(raw))
  if (!event) return []
  const found =
    event.event_type === 'PAYMENT.PAYOUTSBATCH.DENIED'
      ? readDeniedBatch(event.resource)
      : readItemEvent(event.event_type, event.resource)
  if (!found) return []
  const at = event.create_time ? new Date(event.create_time).toISOString() : null
  return [{ ...found.report, provider: 'paypal', eventId: event.id, key: found.key, at }]
}

type Found = { report: PayoutReport; key: string | null }

const readDeniedBatch = (resource: unknown): Found | null => {
  const { data } = DeniedBatch.safeParse(resource)
  if (!data) return null
  const { payout_batch_id: providerId, sender_batch_header: header } = data.batch_header
  const report = decideRefusedBatch({ report: null, providerId, code: 'DENIED' })
  return { report, key: header?.sender_batch_id ?? null }
}

/**
 * The status in an event of an item is the item's own; the event's name confirms it. Where the two
 * differ, the report is `unknown`, so that a look-up decides.
 */
const readItemEvent = (type: string, resource: unknown): Found | null => {
  const name = /^PAYMENT\.PAYOUTS-ITEM\.(\w+)$/.exec(type)?.[1]
  const { data: item } = PaypalItem.safeParse(resource)
  const expected = name ? ITEM_EVENTS[name] : undefined
  if (!item || !expected) return null
  const report = readItem({ ...item, transaction_status: item.transaction_status ?? expected })
  const isSame = report.status === ITEM_STATUSES[expected]?.status
  const key = item.payout_item?.sender_item_id ?? null
  if (isSame) return { report, key }
  return { report: { ...report, status: 'unknown', code: 'contradictory', remedy: null }, key }
}

/** The statuses by the names of events, which differ from them. REVERSED has no event. */
export const ITEM_EVENTS: Readonly<Record<string, string>> = {
  BLOCKED: 'BLOCKED',
  CANCELED: 'RETURNED',
  DENIED: 'FAILED',
  FAILED: 'FAILED',
  HELD: 'ONHOLD',
  REFUNDED: 'REFUNDED',
  RETURNED: 'RETURNED',
  SUCCEEDED: 'SUCCESS',
  UNCLAIMED: 'UNCLAIMED',
}

const parseJson = (raw: Buffer): unknown => {
  try {
    return JSON.parse(raw.toString())
  } catch {
    return undefined
  }
}
