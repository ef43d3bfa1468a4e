import { waitOf } from '../../waitOf.ts'
import type { Outcome } from '../types.ts'

/** A provider's verdict on a message it did not accept. */
export type Ruling = 'opted-out' | 'permanent' | 'retry' | 'unknown'

/** What a provider answered, from whichever client. Header names are lower case. */
export type Answer = { status: number; headers: Record<string, unknown>; body: unknown }

type Refusal = {
  answer: Answer
  code: string
  detail: string
  /** The provider's own word, where it has one for this code; else the status decides. */
  ruling?: Ruling | undefined
}

/** Turns a refusal into an outcome: by the provider's own table, else by the HTTP status. */
export const outcomeOfStatus = ({ answer, code, detail, ruling }: Refusal): Outcome => {
  const said = ruling ?? rulingOf(answer.status)
  if (said === 'opted-out') return { kind: 'permanent', code, detail, isOptOut: true }
  if (said !== 'retry') return { kind: said, code, detail }
  const afterMs = waitOf(answer.headers)
  return { kind: 'retry', code, detail, ...(afterMs === null ? {} : { afterMs }) }
}

/**
 * 429 and 503 say that the request was not processed (SendGrid, Twilio). Any other failure of a
 * server may come after it took the message, and none of the providers has an idempotency key.
 * A 2xx that gets here was not understood: something was taken, nobody knows what.
 */
const BY_STATUS: Record<number, Ruling> = { 408: 'unknown', 429: 'retry', 503: 'retry' }

const rulingOf = (status: number): Ruling =>
  BY_STATUS[status] ?? (status >= 300 && status < 500 ? 'permanent' : 'unknown')
