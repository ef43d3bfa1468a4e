import { randomUUID } from 'node:crypto'

import { countSegments } from '../countSegments.ts'
import type { Answer, Provider } from '../types.ts'

/** Twilio's Messages resource, by its API definition. */
export const twilio = ({ tokens }: { tokens: Map<string, string> }): Provider => ({
  name: 'twilio',
  path: /^\/twilio\/2010-04-01\/Accounts\/(?<account>[^/?]+)\/Messages\.json$/,
  take: ({ body, headers, now, params }) => {
    const account = params.account ?? ''
    const token = readToken(headers.authorization)
    if (!token) return { answer: refuse(401, 20003, 'Authenticate'), messages: [] }
    tokens.set(account, token)
    const form = Object.fromEntries(new URLSearchParams(body.toString()))
    const problem = findProblem(form)
    if (problem) return { answer: refuse(...problem), messages: [] }

    const id = `SM${randomUUID().replaceAll('-', '')}`
    const callback = form.StatusCallback
    const message = {
      id,
      to: form.To ?? '',
      customId: callback ? readId(new URL(callback).searchParams) : null,
      carried: { account, from: form.From ?? '', ...(callback ? { callback } : {}) },
      text: form.Body ?? '',
      raw: form,
    }
    const resource = JSON.stringify(buildResource({ account, form, id, now }))
    return { answer: { status: 201, headers: JSON_TYPE, body: resource }, messages: [message] }
  },
  refusals: {
    'rate-limited': () => refuse(429, 20429, 'Too Many Requests'),
    'rate-limited-with-retry-after': ({ seconds }) => ({
      ...refuse(429, 20429, 'Too Many Requests'),
      headers: { ...JSON_TYPE, 'retry-after': String(seconds) },
    }),
    'server-error': () => refuse(503, 20503, 'Service Unavailable'),
    unauthorized: () => refuse(401, 20003, 'Authenticate'),
    'bad-recipient': () => refuse(400, 21211, "Invalid 'To' Phone Number"),
    'opted-out': () => refuse(400, 21610, 'Attempt to send to unsubscribed recipient'),
    'wrong-template': () => refuse(400, 21655, 'The ContentSid Parameter is Invalid'),
  },
})

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

/** Reads the account's auth token: the password of basic authentication. */
const readToken = (header = ''): string | null => {
  const [, encoded = ''] = /^basic (\S+)/i.exec(header) ?? []
  const [user, ...password] = Buffer.from(encoded, 'base64').toString().split(':')
  return user && password.join(':') ? password.join(':') : null
}

const readId = (query: URLSearchParams): string | null =>
  query.get('n') ?? query.get('notification') ?? [...query.values()][0] ?? null

type Accepted = { account: string; form: Record<string, string>; id: string; now: Date }

/**
 * The created resource. A messaging service chooses sender and segments later; with a plain sender
 * they are known at once.
 */
const buildResource = ({ account, form, id, now }: Accepted) => {
  const uri = `/2010-04-01/Accounts/${account}/Messages/${id}`
  const date = now.toUTCString().replace('GMT', '+0000')
  const isLater = Boolean(form.MessagingServiceSid)
  return {
    account_sid: account,
    api_version: '2010-04-01',
    body: form.Body ?? '',
    date_created: date,
    date_sent: null,
    date_updated: date,
    direction: 'outbound-api',
    error_code: null,
    error_message: null,
    from: form.From ?? null,
    messaging_service_sid: form.MessagingServiceSid ?? null,
    num_media: '0',
    num_segments: isLater ? '0' : String(countSegments(form.Body ?? '').segments),
    price: null,
    price_unit: null,
    sid: id,
    status: isLater ? 'accepted' : 'queued',
    subresource_uris: { media: `${uri}/Media.json` },
    to: form.To,
    uri: `${uri}.json`,
  }
}

const refuse = (status: number, code: number, message: string): Answer => ({
  status,
  headers: JSON_TYPE,
  body: JSON.stringify({
    code,
    message,
    more_info: `https://www.twilio.com/docs/errors/${code}`,
    status,
  }),
  code: String(code),
})

type Problem = [status: number, code: number, message: string]

/** Finds the first reason why Twilio would refuse a message; null if it accepts it. */
const findProblem = (form: Record<string, string>): Problem | null => {
  const { Body: body = '', From: from, StatusCallback: callback, To: to } = form
  if (!to) return [400, 21604, "A 'To' phone number is required."]
  if (!from && !form.MessagingServiceSid) return [400, 21603, "A 'From' phone number is required."]
  if (!body && !form.MediaUrl && !form.ContentSid) return [400, 21602, 'Message body is required.']
  const magic = MAGIC_TO[to] ?? MAGIC_FROM[from ?? '']
  if (magic) return magic
  if (!/^\+[1-9]\d{7,14}$/.test(to)) return [400, 21211, "Invalid 'To' Phone Number"]
  if (body.length > 1600) {
    return [400, 21617, 'The concatenated message body exceeds the 1600 character limit']
  }
  if (callback && !URL.canParse(callback)) {
    return [400, 21609, `The StatusCallback URL ${callback} is not a valid URL.`]
  }
  return null
}

/** Test numbers that cause an error: https://www.twilio.com/docs/iam/test-credentials */
const MAGIC_FROM: Record<string, Problem> = {
  '+15005550001': [400, 21212, "Invalid 'From' Phone Number"],
  '+15005550007': [400, 21606, "The 'From' phone number is not owned by your account"],
  '+15005550008': [
    429,
    21611,
    "This 'From' number has exceeded the maximum number of queued messages",
  ],
}
const MAGIC_TO: Record<string, Problem> = {
  '+15005550001': [400, 21211, "Invalid 'To' Phone Number"],
  '+15005550002': [
    400,
    21612,
    "Message cannot be sent with the current combination of 'To' and 'From'",
  ],
  '+15005550003': [400, 21408, 'Permission to send an SMS has not been enabled for the region'],
  '+15005550004': [400, 21610, 'Attempt to send to unsubscribed recipient'],
  '+15005550009': [400, 21614, "'To' number is not a valid mobile number"],
}
