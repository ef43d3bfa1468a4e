import { z } from 'zod'

import type { Channel, EmailMessage, Outcome } from '../types.ts'
import { exchange } from './exchange.ts'
import { type Answer, outcomeOfStatus, type Ruling } from './outcomeOfStatus.ts'
import { postMail } from './postMail.ts'

export type SendgridSettings = {
  apiKey: string
  from: { email: string; name: string }
  baseUrl?: string | undefined
  timeoutMs?: number | undefined
  maxPerSecond?: number | undefined
}

/**
 * E-mail through SendGrid's v3 mail send. Links stay as they are written: click tracking would lead
 * a password reset through another host. Only our id and the template's name travel along; SendGrid
 * keeps custom arguments and categories as non-personal data.
 */
export const sendgrid = (settings: SendgridSettings): Channel<EmailMessage> => ({
  name: 'sendgrid',
  kind: 'email',
  // Not documented for mail send; accounts answer 429 far above it.
  maxPerSecond: settings.maxPerSecond ?? 100,
  send: (message, { signal }) =>
    exchange({
      to: message.to,
      signal,
      timeoutMs: settings.timeoutMs,
      ask: (deadline) => postMail({ settings, deadline, mail: mailOf(message, settings) }),
      judge,
    }),
})

const mailOf = (message: EmailMessage, { from }: SendgridSettings) => ({
  // Neither is allowed in a name.
  from: { ...from, name: from.name.replaceAll(/[;,]/g, ' ') },
  to: message.to,
  subject: message.subject,
  text: message.text,
  html: message.html,
  categories: [message.template],
  customArgs: { notification_id: message.id },
  trackingSettings: {
    clickTracking: { enable: false, enableText: false },
    openTracking: { enable: false },
  },
})

/** 202 with an empty body; the sandbox answers 200. */
const judge = (answer: Answer): Outcome => {
  const { headers, status } = answer
  if (status === 202 || status === 200) {
    const id = headers['x-message-id']
    return { kind: 'accepted', providerMessageId: typeof id === 'string' ? id : null }
  }
  return outcomeOfStatus({
    answer,
    code: `http-${status}`,
    detail: detailOf(answer.body),
    ruling: RULINGS[status],
  })
}

/** Documented statuses: https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/responses */
const RULINGS: Record<number, Ruling> = {
  400: 'permanent',
  401: 'permanent',
  403: 'permanent',
  404: 'permanent',
  405: 'permanent',
  413: 'permanent',
  429: 'retry',
  500: 'unknown',
  503: 'retry',
}

const Problems = z.object({
  errors: z.array(z.object({ message: z.string(), field: z.string().nullish() })),
})

const detailOf = (body: unknown): string => {
  const { data } = Problems.safeParse(body)
  const said = data?.errors.map(({ field, message }) => (field ? `${field}: ${message}` : message))
  return said?.join('; ') ?? 'no reason given'
}
