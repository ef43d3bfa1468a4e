import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'

import type { MailDataRequired, MailService } from '@sendgrid/mail'
import { z } from 'zod'

import type { Channel, EmailMessage, Outcome } from '../types.ts'
import { type Answer, type Classification, classifyResponse, exchange } from './exchange.ts'

type SendgridSettings = {
  apiKey: string
  from: { email: string; name: string }
  baseUrl?: string | undefined
  timeoutMs?: number | undefined
  maxPerSecond?: number | undefined
}

/**
 * E-mail through SendGrid's v3 mail send. Click tracking is off, because it would lead a password
 * reset through another host. The only custom data are our id and the template's name: SendGrid
 * stores custom arguments and categories as non-personal data.
 */
export const sendgrid = (settings: SendgridSettings): Channel<EmailMessage> => ({
  name: 'sendgrid',
  kind: 'email',
  // Not documented for mail send; accounts respond with 429 only far above it.
  maxPerSecond: settings.maxPerSecond ?? 100,
  send: (message, { signal }) =>
    exchange({
      to: message.to,
      signal,
      timeoutMs: settings.timeoutMs,
      load: importSdk,
      request: (deadline) => postMail({ settings, deadline, mail: toMail(message, settings) }),
      classify: toOutcome,
    }),
})

/** Loaded with the first mail, because most processes never send one. */
const importSdk = async () => (await import('@sendgrid/mail')) as unknown as Sdk

const toMail = (message: EmailMessage, { from }: SendgridSettings) => ({
  // SendGrid allows neither of these characters in a name.
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

/** Accepted is 202 with an empty body, or 200 in the sandbox. */
const toOutcome = (answer: Answer): Outcome => {
  const { headers, status } = answer
  if (status === 202 || status === 200) {
    const id = headers['x-message-id']
    return { kind: 'accepted', providerMessageId: typeof id === 'string' ? id : null }
  }
  return classifyResponse({
    answer,
    code: `http-${status}`,
    detail: readDetail(answer.body),
    classification: STATUSES[status],
  })
}

/**
 * The documented statuses:
 * https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/responses
 */
const STATUSES: Record<number, Classification> = {
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

const readDetail = (body: unknown): string => {
  const { data } = Problems.safeParse(body)
  const texts = data?.errors.map(({ field, message }) => (field ? `${field}: ${message}` : message))
  return texts?.join('; ') ?? 'no reason given'
}

type Post = {
  settings: { apiKey: string; baseUrl?: string | undefined }
  mail: MailDataRequired
  deadline: AbortSignal
}

/**
 * Sends one mail with SendGrid's client and returns the response, whatever its status. Each call
 * has a client of its own, because the package's shared client uses the key that was set last.
 */
const postMail = async ({ deadline, mail, settings }: Post): Promise<Answer> => {
  const { default: sdk } = await importSdk()
  const service = new sdk.MailService()
  service.setApiKey(settings.apiKey)
  // After the key, because setting the key resets it.
  if (settings.baseUrl) service.client.setDefaultRequest('baseUrl', settings.baseUrl)
  for (const [name, value] of Object.entries({ ...REQUEST, signal: deadline })) {
    service.client.setDefaultRequest(name, value)
  }
  const [answer] = await service.send(mail)
  return {
    status: answer.statusCode,
    headers: answer.headers as Record<string, unknown>,
    body: answer.body,
  }
}

/** The package's types omit the class, the client, and the options that it passes to axios. */
type Sdk = { default: { MailService: new () => MailService & { client: Client } } }
type Client = { setDefaultRequest: (name: string, value: unknown) => void }

/**
 * No keep-alive: a connection that closes while sending leaves an unknown outcome. No redirects:
 * they would pass the key to another host.
 */
const REQUEST = {
  httpAgent: new HttpAgent({ keepAlive: false }),
  httpsAgent: new HttpsAgent({ keepAlive: false }),
  maxRedirects: 0,
  validateStatus: () => true,
}
