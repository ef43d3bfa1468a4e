import { createHmac } from 'node:crypto'

import type { DeliveryEvent, WebhookCheck } from '../types.ts'
import { isSameSecret } from './isSameSecret.ts'
import { malformedReport } from './readJson.ts'

type Received = {
  /** Our public address from the settings; a request's own host is never used. */
  publicUrl: string
  /** The path and query of the request, unchanged. */
  path: string
  rawBody: Buffer
}
type Signed = Received & {
  authToken: string
  /** `X-Twilio-Signature`. */
  signature: string | undefined
}

/** Checks the HMAC-SHA1, keyed with the account's token, of the address and the sorted fields. */
export const verifyTwilio = ({ authToken, signature, ...received }: Signed): WebhookCheck => {
  if (!signature) return 'unsigned'
  const fields = joinSortedFields(received.rawBody)
  const isGenuine = listSpellings(toUrl(received)).some((url) =>
    isSameSecret(
      createHmac('sha1', authToken)
        .update(url + fields)
        .digest('base64'),
      signature,
    ),
  )
  return isGenuine ? 'genuine' : 'forged'
}

/**
 * Parses one report on one message. A report holds no time, so it gets the time of its receipt.
 *
 * @throws DomainError `webhook.malformed`
 */
export const parseTwilio = ({
  receivedAt,
  ...received
}: Received & { receivedAt: Date }): DeliveryEvent[] => {
  const form = new URLSearchParams(received.rawBody.toString())
  const sid = form.get('MessageSid')
  const status = form.get('MessageStatus')
  if (!sid || !status) throw malformedReport('twilio', ['MessageSid, MessageStatus'])
  const errorCode = form.get('ErrorCode')
  return [
    {
      provider: 'twilio',
      eventId: `${sid}:${status}`,
      notificationId: readNotificationId(toUrl(received)),
      providerMessageId: sid,
      ...findMeaning({ status, errorCode }),
      code: errorCode ?? status,
      detail: form.get('ErrorMessage'),
      at: receivedAt.toISOString(),
    },
  ]
}

const toUrl = ({ path, publicUrl }: Received): string => publicUrl.replace(/\/+$/, '') + path

/**
 * A repeated field counts once for each of its distinct values, in order, as in Twilio's own
 * library. Parses the form once only, because anyone can send a large one.
 */
const joinSortedFields = (rawBody: Buffer): string => {
  const fields = new Map<string, Set<string>>()
  for (const [name, value] of new URLSearchParams(rawBody.toString())) {
    const values = fields.get(name)
    if (values) values.add(value)
    else fields.set(name, new Set([value]))
  }
  return [...fields.keys()]
    .sort()
    .flatMap((name) => [...(fields.get(name) ?? [])].sort().map((value) => name + value))
    .join('')
}

/** Twilio signs some addresses with their port and some without it. */
const listSpellings = (url: string): string[] => {
  const [, scheme = '', host = '', rest = ''] =
    /^(https?:\/\/)([^/:?]+)(?::\d+)?(.*)$/.exec(url) ?? []
  const port = scheme === 'https://' ? 443 : 80
  return [url, `${scheme}${host}${rest}`, `${scheme}${host}:${port}${rest}`]
}

type Meaning = Pick<DeliveryEvent, 'status' | 'suppress'>

/**
 * The meaning of a report. An error code is more specific than its status, so it decides. A status
 * that is not listed counts as `sent`, which ends nothing.
 */
const findMeaning = (report: { status: string; errorCode: string | null }): Meaning =>
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

/** Errors that concern the number itself; any other (unreachable, filtered) may be temporary. */
const ERRORS: Record<string, Meaning> = {
  21610: { status: 'failed', suppress: 'opt-out' },
  30005: { status: 'bounced', suppress: 'bounce' }, // unknown, perhaps no longer in use
  30006: { status: 'bounced', suppress: 'bounce' }, // a landline
}

const ID_PARAMETER = 'n'

/**
 * The address for Twilio's reports on a message. It carries our id, which a report contains nowhere
 * else. It is built from the configured address, because the signature covers every character and a
 * request behind a proxy does not show the public address.
 */
export const buildCallbackUrl = ({
  notificationId,
  publicUrl,
}: {
  publicUrl: string
  notificationId: string
}): string => {
  const base = publicUrl.replace(/\/+$/, '')
  return `${base}/webhooks/twilio?${ID_PARAMETER}=${encodeURIComponent(notificationId)}`
}

/** The notification's id in such an address. */
const readNotificationId = (url: string): string | null =>
  new URL(url).searchParams.get(ID_PARAMETER)
