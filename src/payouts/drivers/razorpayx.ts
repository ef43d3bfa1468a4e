import { z } from 'zod'

import { isPositiveMinor } from '../../domain/money.ts'
import { cleanCode, cleanText } from './cleanText.ts'
import { type Answer, type Connection, exchange, type Exchanged } from './exchange.ts'
import { chooseMode, refuseIndian, writeName } from './indianBanks.ts'
import { REMEDIES, STATUSES } from './razorpayx/tables.ts'
import { type Refusal, refusedResult, sendOrder, toReport, unknownReport } from './sendOrder.ts'
import { toLookUpReport } from './toLookUpReport.ts'
import type { PayoutAccount, PayoutDriver, PayoutOrder, PayoutReport } from './types.ts'

export type RazorpayxSettings = Connection & {
  keyId: string
  keySecret: string
  /** Our own account that pays; it differs between test and live mode. */
  accountNumber: string
  purpose?: 'cashback' | 'payout' | 'refund' | undefined
  /** Waits for balance instead of failing; true by default. */
  queueIfLowBalance?: boolean | undefined
  /** The first four characters of the IFSC of banks that refuse IMPS. */
  banksWithoutImps?: readonly string[] | undefined
}

/**
 * Pays to Indian accounts and VPAs through RazorpayX, with the composite form of the fund account.
 * Our key is the idempotency key and the reference. Source: razorpay.com/docs/x/payouts.
 *
 * `processed` can still become `reversed`, within three working days. A payout that never reached
 * the beneficiary may be reported as `failed` first and as `returned` once the debit came back.
 */
export const openRazorpayx = (settings: RazorpayxSettings): PayoutDriver => {
  const lookUp = createLookUp(settings)
  return {
    name: 'razorpayx',
    // The pages disagree on whether a repeat returns the first answer or the latest state, and name
    // no lifetime.
    idempotency: {
      place: 'header',
      lifetimeDays: null,
      repeat: 'first-answer',
      isRepeatSafe: true,
    },
    // The guide allows 5 to 10.
    maxPerSecond: 5,
    refuse: refuseIndian,
    send: createSend(settings, lookUp),
    lookUp,
  }
}

/** An answer that is older than this is of an earlier request. */
const FRESH_MS = 10_000

const createSend =
  (settings: RazorpayxSettings, lookUp: PayoutDriver['lookUp']): PayoutDriver['send'] =>
  async (order, { signal }) => {
    const refusal = refuseIndian({ ...order, kind: order.account.kind })
    const body = refusal ? null : writeOrder(order, settings)
    if (body === null) return refusedResult(refusal)
    const { key } = order
    const find = (providerId: string | null) =>
      lookUp({ key, providerId, sentAt: new Date() }, { signal })
    const headers = { 'x-payout-idempotency': key }
    const startedAtMs = Date.now()
    const seen = { isOld: false }
    const result = await sendOrder({
      order,
      request: () => callApi(settings, { method: 'POST', path: '/payouts', headers, body, signal }),
      readReport: (answer) => {
        seen.isOld = readCreatedMs(answer) < startedAtMs - FRESH_MS
        return readOwn(answer, key)
      },
      readRefusal,
      lookUp: () => find(null),
    })
    // The answer to a repeat may be the first one, which is outdated.
    if (!seen.isOld || result.kind !== 'report') return result
    return { kind: 'report', report: await find(result.report.providerId) }
  }

/** By the provider's id where it is known, else by our reference. */
const createLookUp =
  (settings: RazorpayxSettings): PayoutDriver['lookUp'] =>
  async ({ key, providerId }, { signal }) => {
    if (providerId !== null) {
      const path = `/payouts/${encodeURIComponent(providerId)}`
      const exchanged = await callApi(settings, { method: 'GET', path, signal })
      const isMissing = exchanged.kind === 'answer' && [400, 404].includes(exchanged.answer.status)
      if (!isMissing) return toLookUpReport({ exchanged, read: (body) => readOwn(body, key) })
    }
    const query = new URLSearchParams({
      account_number: settings.accountNumber,
      reference_id: key,
      count: '10',
    })
    const exchanged = await callApi(settings, { method: 'GET', path: `/payouts?${query}`, signal })
    return toLookUpReport({ exchanged, read: (body) => readList(body, key) })
  }

type Call = {
  method: 'GET' | 'POST'
  path: string
  headers?: Record<string, string>
  body?: string
  signal: AbortSignal
}

const callApi = (settings: RazorpayxSettings, call: Call): Promise<Exchanged> => {
  const credentials = Buffer.from(`${settings.keyId}:${settings.keySecret}`).toString('base64')
  return exchange({
    ...call,
    connection: settings,
    headers: { ...call.headers, authorization: `Basic ${credentials}` },
  })
}

const writeOrder = (order: PayoutOrder, settings: RazorpayxSettings): string | null => {
  const { account, amountMinor, key, narration } = order
  if (account.kind !== 'upi' && account.kind !== 'bank-in') return null
  const { banksWithoutImps, queueIfLowBalance = true, purpose = 'payout' } = settings
  return JSON.stringify({
    account_number: settings.accountNumber,
    amount: amountMinor,
    currency: 'INR',
    mode: chooseMode({ account, amountMinor, banksWithoutImps }),
    purpose,
    fund_account: { ...writeAccount(account), contact: writeContact(order) },
    queue_if_low_balance: queueIfLowBalance,
    reference_id: key,
    narration,
  })
}

const NAME_SIGNS = "0-9'\\-_/()."

const writeAccount = (account: Extract<PayoutAccount, { kind: 'bank-in' | 'upi' }>): object =>
  account.kind === 'upi'
    ? { account_type: 'vpa', vpa: { address: account.vpa } }
    : {
        account_type: 'bank_account',
        bank_account: {
          name: writeName(account.holderName, { others: NAME_SIGNS, min: 3, max: 120 }),
          ifsc: account.ifsc,
          account_number: account.accountNumber,
        },
      }

const writeContact = ({ account, recipient }: PayoutOrder): object => ({
  name: writeName(account.holderName, { others: NAME_SIGNS, min: 3, max: 50 }),
  email: recipient.email,
  ...(recipient.phone === null ? {} : { contact: recipient.phone }),
  type: 'customer',
  reference_id: recipient.memberId.slice(0, 40),
})

const Payout = z.object({
  id: z.string().min(1),
  entity: z.literal('payout'),
  status: z.string(),
  reference_id: z.string().nullish(),
  utr: z.string().nullish(),
  fees: z.int().nullish(),
  created_at: z.number().nullish(),
  status_details: z
    .object({ description: z.string().nullish(), reason: z.string().nullish() })
    .nullish(),
})
const Collection = z.object({ entity: z.literal('collection'), items: z.array(z.unknown()) })

const readCreatedMs = (body: unknown): number =>
  (Payout.safeParse(body).data?.created_at ?? Infinity) * 1000

/** Reads a payout that must have our key. */
const readOwn = (body: unknown, key: string): PayoutReport | null => {
  const { data: payout } = Payout.safeParse(body)
  if (!payout) return null
  return payout.reference_id === key
    ? readPayout(payout)
    : unknownReport({ code: 'other-payout', detail: 'the payout has another reference' })
}

/** A list that ignored the filter proves nothing: only an empty one means `not-found`. */
const readList = (body: unknown, key: string): PayoutReport | null => {
  const { data: list } = Collection.safeParse(body)
  if (!list) return null
  const payouts = list.items.map((item) => Payout.safeParse(item).data)
  const own = payouts.filter((payout) => payout?.reference_id === key)
  if (own.length > 1) {
    return unknownReport({ code: 'several', detail: 'several payouts have the reference' })
  }
  if (own[0]) return readPayout(own[0])
  return payouts.length === 0 ? toReport({ status: 'not-found' }) : null
}

/** Reads a payout, from an answer or a webhook. */
export const readPayout = (payout: z.output<typeof Payout>): PayoutReport => {
  const status = STATUSES[payout.status] ?? 'unknown'
  const reason = cleanCode(payout.status_details?.reason)
  const isOver = status === 'failed' || status === 'returned'
  const description = payout.status_details?.description
  return {
    status,
    providerId: payout.id,
    bankReference: payout.utr ?? null,
    code: status === 'settled' ? null : (reason ?? cleanCode(payout.status)),
    detail: status === 'settled' || !description ? null : cleanText(description),
    // A person has to look at a reason that is not listed.
    remedy: isOver ? (REMEDIES[reason ?? ''] ?? 'operator') : null,
    // Zero until the payout is processed; the fees include the tax.
    feeMinor: isPositiveMinor(payout.fees) ? payout.fees : null,
  }
}

/** The shape of a payout, for its webhook. */
export const RazorpayxPayout = Payout

const Refused = z.object({
  error: z.object({
    code: z.string().nullish(),
    description: z.string().nullish(),
    reason: z.string().nullish(),
    field: z.string().nullish(),
  }),
})

const readRefusal = ({ body }: Answer): Refusal => {
  const { data } = Refused.safeParse(body)
  if (!data) return { code: null, detail: null, remedy: null }
  const { code, description, field, reason } = data.error
  const known = cleanCode(reason) ?? cleanCode(code)
  return {
    code: known,
    detail: description ? cleanText(description) : null,
    remedy: ACCOUNT_FIELD.test(field ?? '') ? 'fix' : (REMEDIES[known ?? ''] ?? 'operator'),
    isRepeat: /idempoten/i.test(description ?? '') && field !== 'X-Payout-Idempotency',
  }
}

/** The fields of a refused order that hold the member's account. */
const ACCOUNT_FIELD = /(^|\.)(ifsc|account_number|address|vpa|bank_account)$/
