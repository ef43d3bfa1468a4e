import { parseRetryAfter } from '../../platform/parseRetryAfter.ts'
import { cleanText } from './cleanText.ts'
import type { Answer, Exchanged } from './exchange.ts'
import type { PayoutAccount, PayoutOrder, PayoutReport, SendResult } from './types.ts'

/** A provider's reasons not to take an order. */
export type Refusal = Pick<PayoutReport, 'code' | 'detail' | 'remedy'> & {
  /** The provider has taken another order with this key: the order has not failed. */
  isRepeat?: boolean
}

type Send = {
  order: PayoutOrder
  request: () => Promise<Exchanged>
  /** Reads the body of a response that took the order; null if it is in no known form. */
  readReport: (body: unknown) => PayoutReport | null
  readRefusal: (answer: Answer) => Refusal
  /** Finds the payout of this order by its key. */
  lookUp: () => Promise<PayoutReport>
}

/**
 * Sends one order and classifies the response. Never throws.
 *
 * A refusal of the order (400, 402, 422) or a conflict (409) may be of a repeat: the provider may have
 * taken the order before. So the payout is looked up, and only an order that the provider does not
 * have has failed.
 */
export const sendOrder = async (send: Send): Promise<SendResult> => {
  const exchanged = await send.request()
  if (exchanged.kind === 'not-sent') return exchanged
  return maskAccount(await classify(send, exchanged), send.order)
}

const classify = async (
  { lookUp, readRefusal, readReport }: Send,
  exchanged: Exclude<Exchanged, { kind: 'not-sent' }>,
): Promise<SendResult> => {
  if (exchanged.kind === 'unknown') return { kind: 'report', report: unknownReport(exchanged) }
  const { answer } = exchanged
  const { status } = answer
  const { code, detail, isRepeat, remedy } = readRefusal(answer)
  const text = detail ?? ''
  switch (meaningOf(status)) {
    case 'taken':
      return { kind: 'report', report: readReport(answer.body) ?? malformed() }
    case 'not-taken':
      return {
        kind: 'not-sent',
        code: `http-${status}`,
        detail: text,
        afterMs: parseRetryAfter(answer.headers),
      }
    case 'refused': {
      const found = await lookUp()
      if (found.status !== 'not-found') return { kind: 'report', report: found }
      if (isRepeat)
        return { kind: 'report', report: unknownReport({ code: 'repeat', detail: text }) }
      const failure = { code: code ?? `http-${status}`, detail, remedy: remedy ?? 'operator' }
      return { kind: 'report', report: toReport({ status: 'failed', ...failure }) }
    }
    case 'conflict': {
      const found = await lookUp()
      if (found.status !== 'not-found') return { kind: 'report', report: found }
      return { kind: 'report', report: unknownReport({ code: code ?? 'conflict', detail: text }) }
    }
    case 'unknown':
      return { kind: 'report', report: unknownReport({ code: `http-${status}`, detail: text }) }
  }
}

/** The result of an order that the driver cannot pay, without a request. */
export const refusedResult = (refusal: { code: string; message: string } | null): SendResult => {
  const { code = 'method-not-supported', message = null } = refusal ?? {}
  const report = toReport({ status: 'failed', code, detail: message, remedy: 'never' })
  return { kind: 'report', report }
}

type Meaning = 'conflict' | 'not-taken' | 'refused' | 'taken' | 'unknown'

/**
 * The meaning of a status for an order. Credentials, a wrong path and a rate limit are checked
 * before an order is taken. Any other status, 503 among them, may follow an order that was taken.
 */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  400: 'refused',
  401: 'not-taken',
  402: 'refused',
  403: 'not-taken',
  404: 'not-taken',
  405: 'not-taken',
  409: 'conflict',
  422: 'refused',
  429: 'not-taken',
}

const meaningOf = (status: number): Meaning =>
  status >= 200 && status < 300 ? 'taken' : (MEANINGS[status] ?? 'unknown')

/** Builds a report: what is not given is null. */
export const toReport = (
  report: Partial<PayoutReport> & Pick<PayoutReport, 'status'>,
): PayoutReport => ({
  providerId: null,
  bankReference: null,
  code: null,
  detail: null,
  remedy: null,
  feeMinor: null,
  ...report,
})

/** Builds the report that nothing can be said. */
export const unknownReport = ({ code, detail }: { code: string; detail: string }): PayoutReport =>
  toReport({ status: 'unknown', code, detail: detail || null })

/** Builds the report of a response that is in no known form. */
export const malformed = (): PayoutReport =>
  unknownReport({ code: 'malformed-reply', detail: 'the response is in no known form' })

const maskAccount = (result: SendResult, order: PayoutOrder): SendResult => {
  const secrets = listSecrets(order)
  if (result.kind === 'not-sent') return { ...result, detail: cleanText(result.detail, secrets) }
  const { detail, ...rest } = result.report
  return {
    kind: 'report',
    report: { ...rest, detail: detail === null ? null : cleanText(detail, secrets) },
  }
}

const listSecrets = ({ account, recipient }: PayoutOrder): string[] => [
  ...listAccountNumbers(account),
  account.holderName,
  recipient.name,
  recipient.email,
  recipient.phone ?? '',
]

const listAccountNumbers = (account: PayoutAccount): string[] => {
  switch (account.kind) {
    case 'upi':
      return [account.vpa]
    case 'bank-in':
      return [account.accountNumber, account.ifsc]
    case 'iban':
      return [account.iban, account.bic ?? '']
    case 'paypal':
    case 'gift-card':
      return [account.email]
  }
}
