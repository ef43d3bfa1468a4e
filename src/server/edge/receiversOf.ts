import type { DeliveryEvent } from '../../messaging/types.ts'
import { parseMsg91, verifyMsg91 } from '../../messaging/webhooks/msg91.ts'
import { parseSendgrid, verifySendgrid } from '../../messaging/webhooks/sendgrid.ts'
import { parseTwilio, verifyTwilio } from '../../messaging/webhooks/twilio.ts'
import type { Verdict } from '../../messaging/webhooks/verdict.ts'

/** A request of a provider, as it came. */
export type Received = {
  header: (name: string) => string | undefined
  /** With its query, unchanged. */
  path: string
  /** In the address, where a provider signs nothing. */
  secret: string
  rawBody: Buffer
  receivedAt: Date
}
export type Receiver = {
  provider: string
  route: string
  /** More than this is refused before it is read: anybody may send some, and reading it takes time. */
  mostBytes: number
  verify: (received: Received) => Verdict
  parse: (received: Received) => DeliveryEvent[]
}
export type ReceiverSettings = {
  /** Where we are reached from outside: Twilio signs the address it calls. */
  publicUrl: string
  sendgridPublicKey: string | undefined
  twilioAuthToken: string | undefined
  msg91Secret: string | undefined
}

/** SendGrid's batches stay below 1 MB; MSG91 tells no limit of its own. */
const BATCH_BYTES = 2_000_000
/** Twilio reports one message at a time, in some twenty fields. */
const FORM_BYTES = 64_000

/** Who may report deliveries: the providers whose reports can be told from others'. */
export const receiversOf = (settings: ReceiverSettings): Receiver[] => [
  ...sendgridOf(settings),
  ...twilioOf(settings),
  ...msg91Of(settings),
]

const sendgridOf = ({ sendgridPublicKey: publicKey }: ReceiverSettings): Receiver[] =>
  publicKey
    ? [
        {
          provider: 'sendgrid',
          route: '/webhooks/sendgrid',
          mostBytes: BATCH_BYTES,
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

const twilioOf = ({ publicUrl, twilioAuthToken: authToken }: ReceiverSettings): Receiver[] =>
  authToken
    ? [
        {
          provider: 'twilio',
          route: '/webhooks/twilio',
          mostBytes: FORM_BYTES,
          verify: ({ header, path, rawBody }) => {
            const signature = header('X-Twilio-Signature')
            return verifyTwilio({ authToken, path, publicUrl, rawBody, signature })
          },
          parse: ({ path, rawBody, receivedAt }) =>
            parseTwilio({ path, publicUrl, rawBody, receivedAt }),
        },
      ]
    : []

const msg91Of = ({ msg91Secret: secret }: ReceiverSettings): Receiver[] =>
  secret
    ? [
        {
          provider: 'msg91',
          route: '/webhooks/msg91/:secret',
          mostBytes: BATCH_BYTES,
          verify: (received) => verifyMsg91({ secret, given: received.secret }),
          parse: parseMsg91,
        },
      ]
    : []
