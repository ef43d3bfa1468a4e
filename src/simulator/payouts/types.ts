import type { IncomingHttpHeaders } from 'node:http'

import type { Post } from '../sendPost.ts'
import type { Answer, AnyFault } from '../types.ts'
import type { Bank, NewPayment, Payment } from './createBank.ts'

/** A parsed request to a payout provider. */
export type PayoutRequest = {
  params: Record<string, string>
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: Buffer
  /** The body as a JSON object; undefined if it is none. */
  json: unknown
  now: Date
  /** The address of the provider as the client sees it, such as `http://127.0.0.1:4010/paypal`. */
  baseUrl: string
}

export type PayoutTools = {
  bank: Bank
  /** The fault of this request. */
  fault: AnyFault | null
  /** Places a new payment of this provider, with what the fault does to it. */
  place: (order: Omit<NewPayment, 'provider'>) => Payment
}

/** Faults apply to orders, or to look-ups; other resources, such as tokens, show none. */
export type PayoutRoute = {
  method: 'GET' | 'POST'
  /** The path below the provider's base path; groups are parameters. */
  path: RegExp
  kind: 'look-up' | 'order' | 'other'
  answer: (request: PayoutRequest, tools: PayoutTools) => Answer
}

/** Where a provider sends its webhooks, and what signs them. */
export type WebhookTarget = {
  url: string
  /** The key of an HMAC. */
  secret?: string | undefined
  /** The provider's id of the webhook, where a signature covers it. */
  id?: string | undefined
}

/** A payout provider on the wire. */
export type PayoutProvider = {
  name: string
  title: string
  /** The path that its own documentation calls the base, such as `/razorpayx/v1`. */
  basePath: string
  routes: PayoutRoute[]
  /** The refusal of credentials; null if they are valid. Routes of kind `other` are not asked for. */
  authorize: (request: PayoutRequest) => Answer | null
  refusals: {
    conflict: () => Answer
    notFound: () => Answer
    rateLimited: () => Answer
    serverError: () => Answer
    unauthorized: () => Answer
  }
  /** The rare faults that it can show. */
  faults?: readonly string[]
  /** The webhooks of a payment in its present state; none if the provider has no event for it. */
  buildPosts: (payment: Payment, context: WebhookContext) => Post[]
  /** Discards tokens and other state. */
  reset?: () => void
}

export type WebhookContext = { target: WebhookTarget; now: Date; eventId: string; baseUrl: string }

/** A webhook that was sent, with the response's status; null without a response. */
export type SentWebhook = {
  provider: string
  key: string
  state: string
  at: string
  url: string
  status: number | null
}

/** Builds an answer in JSON. */
export const jsonAnswer = (
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})
