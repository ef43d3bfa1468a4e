import { randomUUID } from 'node:crypto'

import type { Answer, NewMessage, Provider } from '../types.ts'
import { parseJson } from './parseJson.ts'
import type { Personalization, SendgridMail } from './sendgridMail.ts'
import { sendgridProblem } from './sendgridProblem.ts'

const HELP = 'http://sendgrid.com/docs/API_Reference/Web_API_v3/Mail/errors.html'

/** SendGrid's v3 mail send, as its documentation and its API definition describe it. */
export const sendgrid = (): Provider => ({
  name: 'sendgrid',
  path: /^\/sendgrid\/v3\/mail\/send\/?$/,
  take: ({ body, headers }) => {
    if (!/^bearer \S+/i.test(headers.authorization ?? '')) return refused(unauthorized())
    const mail = parseJson(body) as SendgridMail | undefined
    if (!mail) return refused(refuse(400, 'Bad Request', null))
    const problem = sendgridProblem(mail)
    if (problem) return refused(refuse(400, problem.message, problem.field))
    if (mail.mail_settings?.sandbox_mode?.enable) return { answer: { status: 200 }, messages: [] }

    const id = randomUUID().replaceAll('-', '')
    const messages = mail.personalizations.map((each) => messageOf(mail, each, id))
    return { answer: { status: 202, headers: { 'x-message-id': id } }, messages }
  },
  refusals: {
    'rate-limited': () => tooMany(),
    // It has no Retry-After: the reset is a moment, in seconds since 1970.
    'rate-limited-with-retry-after': ({ now, seconds }) =>
      tooMany({
        'x-ratelimit-limit': '600',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.ceil(now.getTime() / 1000) + seconds),
      }),
    'server-error': () => refuse(503, 'Service Unavailable', null),
    unauthorized: () => unauthorized(),
    'bad-recipient': () =>
      refuse(
        400,
        'The to email does not contain a valid address.',
        'personalizations.0.to.0.email',
      ),
    'wrong-template': () =>
      refuse(400, 'The template_id must be a valid GUID, you provided ’d-unknown’.', 'template_id'),
  },
})

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

const messageOf = (mail: SendgridMail, each: Personalization, id: string): NewMessage => {
  const custom = { ...mail.custom_args, ...each.custom_args }
  const content = (type: string) => mail.content?.find((part) => part.type === type)?.value
  const html = content('text/html')
  return {
    id,
    to: each.to[0]?.email ?? '',
    customId: custom.notification_id ?? Object.values(custom)[0] ?? null,
    carried: custom,
    subject: each.subject ?? mail.subject ?? '',
    ...(html === undefined ? {} : { html }),
    text: content('text/plain') ?? '',
    raw: mail,
  }
}

const refuse = (status: number, message: string, field: string | null): Answer => ({
  status,
  headers: JSON_TYPE,
  body: JSON.stringify({ errors: [{ message, field, help: helpFor(field) }] }),
  code: message,
})

/** Its pages are by field, without indexes: `personalizations.0.to.0.email` is explained there. */
const helpFor = (field: string | null): string | null =>
  field && `${HELP}#message.${field.replace(/\.\d+|\.email$/g, '')}`

/** The one answer without help. */
const tooMany = (headers: Record<string, string> = {}): Answer => ({
  status: 429,
  headers: { ...JSON_TYPE, ...headers },
  body: JSON.stringify({ errors: [{ field: null, message: 'too many requests' }] }),
  code: 'too many requests',
})

const unauthorized = (): Answer =>
  refuse(401, 'The provided authorization grant is invalid, expired, or revoked', null)

const refused = (answer: Answer) => ({ answer, messages: [] })
