import type { IncomingHttpHeaders } from 'node:http'

import type { NetworkFault } from './networks/faults.ts'

export const PROVIDERS = ['sendgrid', 'twilio', 'msg91'] as const
export type ProviderName = (typeof PROVIDERS)[number]

/** What can go wrong with a messaging provider; each shows those that it knows. */
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
/** Of a messaging provider, or of a network. */
export type AnyFault = FaultName | NetworkFault

/** What a provider accepted for one recipient. */
export type Message = {
  provider: ProviderName
  /** The provider's id; one request to several recipients may share it. */
  id: string
  to: string
  /** By the simulator's clock. */
  at: string
  /** The sender's own id, where the request carried one. */
  customId: string | null
  /** What the provider carries into its reports: custom args, callback address, account. */
  carried: Record<string, string>
  subject?: string
  html?: string
  /** Null once the message is old; see `createMessages`. */
  text: string | null
  /** The request as it was parsed; null once the message is old. */
  raw: unknown
  /** What was last reported about it. */
  reported: string | null
}

export type Answer = {
  status: number
  headers?: Record<string, string>
  body?: string
  /** The provider's code or message of an error, for the log. */
  code?: string
}

export type Incoming = {
  headers: IncomingHttpHeaders
  params: Record<string, string>
  body: Buffer
  now: Date
}

/** A provider's view of one request: its answer, and the messages it took. */
export type Taken = { answer: Answer; messages: NewMessage[] }
export type NewMessage = Omit<Message, 'at' | 'provider' | 'reported'>

type FaultContext = { now: Date; seconds: number }
export type Provider = {
  name: ProviderName
  /** Of its endpoint, below its name; groups are parameters. */
  path: RegExp
  take: (incoming: Incoming) => Taken
  /** What it answers instead of taking the request. Faults that are missing accept it. */
  refusals: Partial<Record<AnyFault, (context: FaultContext) => Answer>>
}

export type LoggedRequest = {
  /** A messaging provider, or a network. */
  provider: string
  at: string
  method: string
  path: string
  /** Null where the connection was cut before an answer. */
  status: number | null
  code: string | null
  fault: AnyFault | null
  ids: string[]
  /** How many sales a network listed. */
  rows?: number
}
