import type { Answer, Exchanged } from './exchange.ts'
import { malformed, unknownReport } from './sendOrder.ts'
import type { PayoutReport } from './types.ts'

type LookUp = {
  exchanged: Exchanged
  /** Reads the body of a 2xx; null if it is in no known form. */
  read: (body: unknown) => PayoutReport | null
  /** Reads an answer that says that there is no such payout; null if the answer says less. */
  readMissing?: (answer: Answer) => PayoutReport | null
}

/**
 * Classifies the response to a look-up. Only the provider's own statement means `not-found`: with
 * any other failure the payout may exist, so the report is `unknown`.
 */
export const toLookUpReport = ({ exchanged, read, readMissing }: LookUp): PayoutReport => {
  if (exchanged.kind !== 'answer') return unknownReport(exchanged)
  const { answer } = exchanged
  if (answer.status >= 200 && answer.status < 300) return read(answer.body) ?? malformed()
  return (
    readMissing?.(answer) ??
    unknownReport({ code: `http-${answer.status}`, detail: 'the look-up failed' })
  )
}
