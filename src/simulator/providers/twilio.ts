import { randomUUID } from 'node:crypto'

import { segmentsOf } from '../segmentsOf.ts'
import type { Answer, Provider } from '../types.ts'
import { twilioProblem } from './twilioProblem.ts'

/** Twilio's Messages resource, as its API definition describes it. */
export const twilio = ({ tokens }: { tokens: Map<string, string> }): Provider => ({
  name: 'twilio',
  path: /^\/twilio\/2010-04-01\/Accounts\/(?<account>[^/?]+)\/Messages\.json$/,
  take: ({ body, headers, now, params }) => {
    const account = params.account ?? ''
    const token = tokenOf(headers.authorization)
    if (!token) return { answer: refuse(401, 20003, 'Authenticate'), messages: [] }
    tokens.set(account, token)
    const form = Object.fromEntries(new URLSearchParams(body.toString()))
    const problem = twilioProblem(form)
    if (problem) return { answer: refuse(...problem), messages: [] }

    const id = `SM${randomUUID().replaceAll('-', '')}`
    const callback = form.StatusCallback
    const message = {
      id,
      to: form.To ?? '',
      customId: callback ? idIn(new URL(callback).searchParams) : null,
      carried: { account, from: form.From ?? '', ...(callback ? { callback } : {}) },
      text: form.Body ?? '',
      raw: form,
    }
    const resource = JSON.stringify(resourceOf({ account, form, id, now }))
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

/** The password of Basic auth: the account's auth token. */
const tokenOf = (header = ''): string | null => {
  const [, encoded = ''] = /^basic (\S+)/i.exec(header) ?? []
  const [user, ...password] = Buffer.from(encoded, 'base64').toString().split(':')
  return user && password.join(':') ? password.join(':') : null
}

const idIn = (query: URLSearchParams): string | null =>
  query.get('n') ?? query.get('notification') ?? [...query.values()][0] ?? null

type Accepted = { account: string; form: Record<string, string>; id: string; now: Date }

/** A messaging service picks sender and segments later; a plain number is known at once. */
const resourceOf = ({ account, form, id, now }: Accepted) => {
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
    num_segments: isLater ? '0' : String(segmentsOf(form.Body ?? '').segments),
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
