import { createHmac } from 'node:crypto'

import type { DeliveryEvent } from '../types.ts'
import { isSameSecret } from './isSameSecret.ts'
import { malformed } from './readJson.ts'
import { notificationIn } from './twilioCallback.ts'
import { twilioMeaning } from './twilioMeaning.ts'
import type { Verdict } from './verdict.ts'

type Received = {
  /** Where we are reached from outside, from the settings: never what a request says of itself. */
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

/** HMAC-SHA1, keyed with the account's token, over the address and the form's sorted fields. */
export const verifyTwilio = ({ authToken, signature, ...received }: Signed): Verdict => {
  if (!signature) return 'unsigned'
  const fields = sortedFields(received.rawBody)
  const isGenuine = spellingsOf(urlOf(received)).some((url) =>
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
 * One report on one message. Its time is when it came: it holds none.
 * @throws DomainError `webhook.malformed`
 */
export const parseTwilio = ({
  receivedAt,
  ...received
}: Received & { receivedAt: Date }): DeliveryEvent[] => {
  const form = new URLSearchParams(received.rawBody.toString())
  const sid = form.get('MessageSid')
  const status = form.get('MessageStatus')
  if (!sid || !status) throw malformed('twilio', ['MessageSid, MessageStatus'])
  const errorCode = form.get('ErrorCode')
  return [
    {
      provider: 'twilio',
      eventId: `${sid}:${status}`,
      notificationId: notificationIn(urlOf(received)),
      providerMessageId: sid,
      ...twilioMeaning({ status, errorCode }),
      code: errorCode ?? status,
      detail: form.get('ErrorMessage'),
      at: receivedAt.toISOString(),
    },
  ]
}

const urlOf = ({ path, publicUrl }: Received): string => publicUrl.replace(/\/+$/, '') + path

/**
 * A repeated field counts once for each of its values, in order, as Twilio’s own library has it. The
 * form is read once: anybody may send one, and its size must not count twice.
 */
const sortedFields = (rawBody: Buffer): string => {
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

/** Twilio signs some addresses with their port and some without. */
const spellingsOf = (url: string): string[] => {
  const [, scheme = '', host = '', rest = ''] =
    /^(https?:\/\/)([^/:?]+)(?::\d+)?(.*)$/.exec(url) ?? []
  const port = scheme === 'https://' ? 443 : 80
  return [url, `${scheme}${host}${rest}`, `${scheme}${host}:${port}${rest}`]
}
