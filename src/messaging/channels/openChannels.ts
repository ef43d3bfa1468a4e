import type { Env } from '../../config/env.ts'
import type { Channel, EmailMessage, SmsMessage } from '../types.ts'
import { msg91 } from './msg91.ts'
import { sendgrid } from './sendgrid.ts'
import { twilio } from './twilio.ts'

export type Channels = { email: Channel<EmailMessage>[]; sms: Channel<SmsMessage>[] }

/**
 * Opens the configured providers, in the order in which they are tried. A kind without one gets the
 * inbox channel.
 */
export const openChannels = (env: Env): Channels => ({
  email: withInbox('email', [openSendgrid(env)]),
  sms: withInbox(
    'sms',
    env.SMS_PROVIDERS.map((name) => SMS_PROVIDERS[name](env)),
  ),
})

const withInbox = <Kind extends keyof Channels>(
  kind: Kind,
  configured: (Channels[Kind][number] | null)[],
) => {
  const channels = configured.filter((channel) => channel !== null)
  return (channels.length > 0 ? channels : [openInbox(kind)]) as Channels[Kind]
}

const openSendgrid = (env: Env) => {
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

const SMS_PROVIDERS: Record<
  Env['SMS_PROVIDERS'][number],
  (env: Env) => Channel<SmsMessage> | null
> = {
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

type Messages = { email: EmailMessage; sms: SmsMessage }

/**
 * The channel of a kind without a configured provider: accepts every message and sends nothing. The
 * messages are in the `notifications` rows, where an admin can read them.
 */
const openInbox = <Kind extends keyof Messages>(kind: Kind): Channel<Messages[Kind]> => ({
  name: 'inbox',
  kind,
  maxPerSecond: 1_000,
  send: () => Promise.resolve({ kind: 'accepted', providerMessageId: null }),
})
