import type { DeliveryEvent, WebhookCheck } from '../../messaging/types.ts'
import { parseMsg91, verifyMsg91 } from '../../messaging/webhooks/msg91.ts'
import { parseSendgrid, verifySendgrid } from '../../messaging/webhooks/sendgrid.ts'
import { parseTwilio, verifyTwilio } from '../../messaging/webhooks/twilio.ts'

/** A provider's request, unchanged. */
export type Received = {
  header: (name: string) => string | undefined
  /** With its query, unchanged. */
  path: string
  /** The secret in the address, for a provider that signs nothing. */
  secret: string
  rawBody: Buffer
  receivedAt: Date
}
export type Receiver = {
  provider: string
  route: string
  /** A larger body is refused before it is read: anyone can send one, and reading takes time. */
  maxBytes: number
  verify: (received: Received) => WebhookCheck
  parse: (received: Received) => DeliveryEvent[]
}
export type ReceiverSettings = {
  /** Our public address: Twilio signs the address that it calls. */
  publicUrl: string
  sendgridPublicKey: string | undefined
  twilioAuthToken: string | undefined
  msg91Secret: string | undefined
}

/** SendGrid's batches stay below 1 MB; MSG91 documents no limit. */
const BATCH_BYTES = 2_000_000
/** Twilio reports one message at a time, in some twenty fields. */
const FORM_BYTES = 64_000

/** The providers that may report deliveries, because their reports can be authenticated. */
export const webhookReceivers = (settings: ReceiverSettings): Receiver[] => [
  ...sendgridReceivers(settings),
  ...twilioReceivers(settings),
  ...msg91Receivers(settings),
]

const sendgridReceivers = ({ sendgridPublicKey: publicKey }: ReceiverSettings): Receiver[] =>
  publicKey
    ? [
        {
          provider: 'sendgrid',
          route: '/webhooks/sendgrid',
          maxBytes: BATCH_BYTES,
          verify: ({ header, rawBody, receivedAt }) =>
            verifySendgrid({
              publicKey,
              rawBody,
              signature: header('X-Twilio-Email-Event-Webhook-Signature'),
              timestamp: header('X-Twilio-Email-Event-Webhook-Timestamp'),
              now: receivedAt,
            }),
          parse: parseSendgrid,
        },
      ]
    : []

const twilioReceivers = ({
  publicUrl,
  twilioAuthToken: authToken,
}: ReceiverSettings): Receiver[] =>
  authToken
    ? [
        {
          provider: 'twilio',
          route: '/webhooks/twilio',
          maxBytes: FORM_BYTES,
          verify: ({ header, path, rawBody }) => {
            const signature = header('X-Twilio-Signature')
            return verifyTwilio({ authToken, path, publicUrl, rawBody, signature })
          },
          parse: ({ path, rawBody, receivedAt }) =>
            parseTwilio({ path, publicUrl, rawBody, receivedAt }),
        },
      ]
    : []

const msg91Receivers = ({ msg91Secret: secret }: ReceiverSettings): Receiver[] =>
  secret
    ? [
        {
          provider: 'msg91',
          route: '/webhooks/msg91/:secret',
          maxBytes: BATCH_BYTES,
          verify: (received) => verifyMsg91({ secret, given: received.secret }),
          parse: parseMsg91,
        },
      ]
    : []
