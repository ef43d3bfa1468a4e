import type { SendgridMail } from './sendgridMail.ts'

type Problem = { message: string; field: string }

/** The first thing SendGrid would refuse a mail for, in its words; null where it takes it. */
export const sendgridProblem = (mail: SendgridMail): Problem | null => {
  for (const check of CHECKS) {
    const problem = check(mail)
    if (problem) return problem
  }
  return null
}

const ADDRESS = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/
const isAddress = (value: unknown): boolean => typeof value === 'string' && ADDRESS.test(value)

/** A mail as it may really come: nothing of it is certain. */
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
  ({ personalizations }) => firstOf(personalizations.map(recipientsProblem)),
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
    firstOf(
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

const firstOf = (problems: (Problem | null)[]): Problem | null => problems.find(Boolean) ?? null
