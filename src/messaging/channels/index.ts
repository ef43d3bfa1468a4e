import type { Env } from '../../env.ts'
import type { Channel, EmailMessage, SmsMessage } from '../types.ts'
import { inbox } from './inbox.ts'
import { msg91 } from './msg91.ts'
import { sendgrid } from './sendgrid.ts'
import { twilio } from './twilio.ts'

export type Channels = { email: Channel<EmailMessage>[]; sms: Channel<SmsMessage>[] }

/**
 * The providers that are configured, in the order in which they are tried; where a kind has none,
 * its messages stay in the inbox.
 */
export const channelsOf = (env: Env): Channels => ({
  email: orInbox('email', [sendgridOf(env)]),
  sms: orInbox(
    'sms',
    env.SMS_PROVIDERS.map((name) => SMS[name](env)),
  ),
})

const orInbox = <Kind extends keyof Channels>(
  kind: Kind,
  configured: (Channels[Kind][number] | null)[],
) => {
  const channels = configured.filter((channel) => channel !== null)
  return (channels.length > 0 ? channels : [inbox(kind)]) as Channels[Kind]
}

const sendgridOf = (env: Env) => {
  const { BRAND_NAME, FROM_EMAIL, FROM_NAME, SENDGRID_API_KEY: apiKey } = env
  if (!apiKey || !FROM_EMAIL) return null
  return sendgrid({
    apiKey,
    from: { email: FROM_EMAIL, name: FROM_NAME ?? BRAND_NAME },
    baseUrl: env.SENDGRID_BASE_URL,
    maxPerSecond: env.SENDGRID_PER_SECOND,
    timeoutMs: env.MESSAGING_TIMEOUT_MS,
  })
}

const SMS: Record<Env['SMS_PROVIDERS'][number], (env: Env) => Channel<SmsMessage> | null> = {
  msg91: (env) =>
    env.MSG91_AUTH_KEY
      ? msg91({
          authKey: env.MSG91_AUTH_KEY,
          templates: env.MSG91_TEMPLATES,
          templateId: env.MSG91_TEMPLATE_ID,
          senderId: env.MSG91_SENDER_ID,
          baseUrl: env.MSG91_BASE_URL,
          maxPerSecond: env.MSG91_PER_SECOND,
          timeoutMs: env.MESSAGING_TIMEOUT_MS,
        })
      : null,
  twilio: (env) =>
    env.TWILIO_ACCOUNT_SID && env.TWILIO_AUTH_TOKEN
      ? twilio({
          accountSid: env.TWILIO_ACCOUNT_SID,
          authToken: env.TWILIO_AUTH_TOKEN,
          from: env.TWILIO_FROM,
          messagingServiceSid: env.TWILIO_MESSAGING_SERVICE_SID,
          publicUrl: env.PUBLIC_URL,
          baseUrl: env.TWILIO_BASE_URL,
          maxPerSecond: env.TWILIO_PER_SECOND,
          timeoutMs: env.MESSAGING_TIMEOUT_MS,
        })
      : null,
}
