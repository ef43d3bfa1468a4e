import type { IncomingHttpHeaders } from 'node:http'

import type { NetworkFault } from './networks/faults.ts'
import type { PayoutFault } from './payouts/faults.ts'

export const PROVIDERS = ['sendgrid', 'twilio', 'msg91'] as const
export type ProviderName = (typeof PROVIDERS)[number]

/** The faults of messaging providers. Each provider can show some of them. */
export const FAULTS = [
  'rate-limited',
  'rate-limited-with-retry-after',
  'server-error',
  'slow',
  'reset-after-accept',
  'truncated',
  'unauthorized',
  'bad-recipient',
  'opted-out',
  'wrong-template',
  'error-in-200',
] as const
export type FaultName = (typeof FAULTS)[number]
/** A fault of a messaging provider, of a network or of a payout provider. */
export type AnyFault = FaultName | NetworkFault | PayoutFault

/** A message that a provider accepted for one recipient. */
export type Message = {
  provider: ProviderName
  /** The provider's id. Recipients of one request may share it. */
  id: string
  to: string
  /** By the simulator's clock. */
  at: string
  /** The sender's own id; null if the request has none. */
  customId: string | null
  /** The values that the provider copies into its reports: custom args, callback URL, account. */
  carried: Record<string, string>
  subject?: string
  html?: string
  /** Null once the message is old; see `createState`. */
  text: string | null
  /** The parsed request; null once the message is old. */
  raw: unknown
  /** The last reported status. */
  reported: string | null
}

export type Answer = {
  status: number
  headers?: Record<string, string>
  body?: string
  /** The provider's error code or message, for the log. */
  code?: string
}

export type Incoming = {
  headers: IncomingHttpHeaders
  params: Record<string, string>
  body: Buffer
  now: Date
}

/** A provider's result for one request: its answer, and the messages that it accepted. */
export type Taken = { answer: Answer; messages: NewMessage[] }
export type NewMessage = Omit<Message, 'at' | 'provider' | 'reported'>

type FaultContext = { now: Date; seconds: number }
export type Provider = {
  name: ProviderName
  /** The path of its endpoint, with the provider's name; groups are parameters. */
  path: RegExp
  take: (incoming: Incoming) => Taken
  /** The answers of faults that refuse the request. With any other fault it is accepted. */
  refusals: Partial<Record<AnyFault, (context: FaultContext) => Answer>>
}

export type LoggedRequest = {
  /** A messaging provider, a network or a payout provider. */
  provider: string
  at: string
  method: string
  path: string
  /** Null if the connection was cut before the answer was complete. */
  status: number | null
  code: string | null
  fault: AnyFault | null
  ids: string[]
  /** The number of transactions that the network listed. */
  rows?: number
}
