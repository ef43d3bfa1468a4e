import { randomUUID } from 'node:crypto'

import { parseJson } from '../readBody.ts'
import type { Answer, NewMessage, Provider } from '../types.ts'

const HELP = 'http://sendgrid.com/docs/API_Reference/Web_API_v3/Mail/errors.html'

/** SendGrid's v3 mail send, by its documentation and its API definition. */
export const sendgrid = (): Provider => ({
  name: 'sendgrid',
  path: /^\/sendgrid\/v3\/mail\/send\/?$/,
  take: ({ body, headers }) => {
    if (!/^bearer \S+/i.test(headers.authorization ?? '')) return refused(unauthorized())
    const mail = parseJson(body) as SendgridMail | undefined
    if (!mail) return refused(refuse(400, 'Bad Request', null))
    const problem = findProblem(mail)
    if (problem) return refused(refuse(400, problem.message, problem.field))
    if (mail.mail_settings?.sandbox_mode?.enable) return { answer: { status: 200 }, messages: [] }

    const id = randomUUID().replaceAll('-', '')
    const messages = mail.personalizations.map((each) => toMessage(mail, each, id))
    return { answer: { status: 202, headers: { 'x-message-id': id } }, messages }
  },
  refusals: {
    'rate-limited': () => tooManyRequests(),
    // SendGrid has no Retry-After: the reset is an instant, in seconds since 1970.
    'rate-limited-with-retry-after': ({ now, seconds }) =>
      tooManyRequests({
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

const toMessage = (mail: SendgridMail, each: Personalization, id: string): NewMessage => {
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

/** Help pages are by field, without indexes, for example for `personalizations.0.to.0.email`. */
const helpFor = (field: string | null): string | null =>
  field && `${HELP}#message.${field.replace(/\.\d+|\.email$/g, '')}`

/** The only answer without a help link. */
const tooManyRequests = (headers: Record<string, string> = {}): Answer => ({
  status: 429,
  headers: { ...JSON_TYPE, ...headers },
  body: JSON.stringify({ errors: [{ field: null, message: 'too many requests' }] }),
  code: 'too many requests',
})

const unauthorized = (): Answer =>
  refuse(401, 'The provided authorization grant is invalid, expired, or revoked', null)

const refused = (answer: Answer) => ({ answer, messages: [] })

type Problem = { message: string; field: string }

/**
 * Finds the first reason why SendGrid would refuse a mail, with its message; null if it accepts it.
 */
const findProblem = (mail: SendgridMail): Problem | null => {
  for (const check of CHECKS) {
    const problem = check(mail)
    if (problem) return problem
  }
  return null
}

const ADDRESS = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/
const isAddress = (value: unknown): boolean => typeof value === 'string' && ADDRESS.test(value)

/** A mail before validation. */
type Unchecked = { [Key in keyof SendgridMail]?: unknown }

const CHECKS: ((mail: SendgridMail & Unchecked) => Problem | null)[] = [
  ({ from }) =>
    isAddress(from?.email)
      ? null
      : { message: 'The from email does not contain a valid address.', field: 'from.email' },
  ({ personalizations: all }: Unchecked) => {
    const field = 'personalizations'
    if (!Array.isArray(all) || all.length === 0) {
      return {
        message:
          'The personalizations field is required and must have at least one personalization.',
        field,
      }
    }
    return all.length > 1000
      ? { message: 'There is a limit of 1000 personalizations per request.', field }
      : null
  },
  ({ personalizations }) => findFirst(personalizations.map(recipientsProblem)),
  ({ subject, template_id: template, personalizations }) =>
    subject?.trim() || template || personalizations.every((each) => each.subject?.trim())
      ? null
      : {
          message:
            'The subject is required. You can get around this requirement if you use a template with a subject defined or if every personalization has a subject defined.',
          field: 'subject',
        },
  ({ content, template_id: template }) =>
    (Array.isArray(content) && content.length > 0) || template
      ? null
      : {
          message:
            'Unless a valid template_id is provided, the content parameter is required. There must be at least one defined content block.',
          field: 'content',
        },
  ({ content = [] }) =>
    findFirst(
      content.map(({ value }, index) =>
        typeof value === 'string' && value.length > 0
          ? null
          : {
              message: 'The content value must be a string at least one character in length.',
              field: `content.${index}.value`,
            },
      ),
    ),
  ({ content = [] }) =>
    content.findIndex(({ type }) => type === 'text/plain') > 0
      ? {
          message:
            'If present, text/plain must be first, followed by text/html, followed by any other content.',
          field: 'content',
        }
      : null,
  ({ categories }) =>
    (categories?.length ?? 0) > 10
      ? { message: 'You may not have more than 10 categories.', field: 'categories' }
      : null,
]

const recipientsProblem = (each: { to?: unknown } | null, index: number): Problem | null => {
  const to = each?.to
  const field = `personalizations.${index}.to`
  if (!Array.isArray(to) || to.length === 0) {
    return {
      message:
        'The to array is required for all personalization objects, and must have at least one email object with a valid email address.',
      field,
    }
  }
  const bad = to.findIndex((one: { email?: unknown } | null) => !isAddress(one?.email))
  return bad < 0
    ? null
    : {
        message: 'The to email does not contain a valid address.',
        field: `${field}.${bad}.email`,
      }
}

const findFirst = (problems: (Problem | null)[]): Problem | null => problems.find(Boolean) ?? null

/** The fields of a v3 mail send that the simulator reads. */
type SendgridMail = {
  from?: { email?: unknown }
  personalizations: Personalization[]
  subject?: string
  content?: { type: string; value: string }[]
  template_id?: string
  categories?: string[]
  custom_args?: Record<string, string>
  mail_settings?: { sandbox_mode?: { enable?: boolean } }
}
type Personalization = {
  to: { email: string }[]
  subject?: string
  custom_args?: Record<string, string>
}
