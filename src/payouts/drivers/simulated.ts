import { z } from 'zod'

import { isPositiveMinor } from '../../domain/money.ts'
import { cleanCode, cleanText } from './cleanText.ts'
import { type Answer, type Connection, exchange, type Exchanged } from './exchange.ts'
import { type Refusal, refusedResult, sendOrder, toReport, unknownReport } from './sendOrder.ts'
import { toLookUpReport } from './toLookUpReport.ts'
import type { MethodKind, PayoutDriver, PayoutOrder, PayoutReport } from './types.ts'

export type SimulatedSettings = Connection & { apiKey: string }

/** Pays through the simulator's bank, for the demo and for tests: no money moves. */
export const openSimulated = (settings: SimulatedSettings): PayoutDriver => {
  const request = (call: Call) => callApi(settings, call)
  const lookUp: PayoutDriver['lookUp'] = async ({ key }, { signal }) => {
    const path = `/payouts/${encodeURIComponent(key)}`
    const exchanged = await request({ method: 'GET', path, signal })
    return toLookUpReport({ exchanged, read: (body) => readOwn(body, key), readMissing })
  }

  return {
    name: 'simulated',
    idempotency: {
      place: 'header',
      lifetimeDays: null,
      repeat: 'latest-state',
      isRepeatSafe: true,
    },
    maxPerSecond: 50,
    refuse,
    send: (order, { signal }) => {
      const refusal = refuse({ ...order, kind: order.account.kind })
      if (refusal) return Promise.resolve(refusedResult(refusal))
      return sendOrder({
        order,
        request: () =>
          request({
            method: 'POST',
            path: '/payouts',
            headers: { 'idempotency-key': order.key },
            body: writeOrder(order),
            signal,
          }),
        readReport: (body) => readOwn(body, order.key),
        readRefusal,
        lookUp: () => lookUp({ key: order.key, providerId: null, sentAt: new Date() }, { signal }),
      })
    },
    lookUp,
    readBalance: async ({ signal }) => {
      const exchanged = await request({ method: 'GET', path: '/balance?currency=INR', signal })
      const { data } = Balance.safeParse(exchanged.kind === 'answer' && exchanged.answer.body)
      return data && data.amountMinor !== null ? { [data.currency]: data.amountMinor } : {}
    },
  }
}

/** Gift cards need a supplier. */
const KINDS: ReadonlySet<MethodKind> = new Set(['upi', 'bank-in', 'iban', 'paypal'])

const refuse: PayoutDriver['refuse'] = ({ amountMinor, kind }) => {
  if (!KINDS.has(kind)) {
    return { code: 'method-not-supported', message: 'This way of payment is not available.' }
  }
  if (isPositiveMinor(amountMinor)) return null
  return { code: 'amount-too-low', message: 'The amount must be above zero.' }
}

type Call = {
  method: 'GET' | 'POST'
  path: string
  headers?: Record<string, string>
  body?: string
  signal: AbortSignal
}

const callApi = (settings: SimulatedSettings, call: Call): Promise<Exchanged> =>
  exchange({
    ...call,
    connection: settings,
    headers: { ...call.headers, authorization: `Bearer ${settings.apiKey}` },
  })

const writeOrder = ({ account, amountMinor, currency, narration }: PayoutOrder): string =>
  JSON.stringify({ amountMinor, currency, account, narration })

const Balance = z.object({ currency: z.string(), amountMinor: z.int().nullable() })

/** The shape of a payout, in an answer or a webhook. */
export const SimulatedPayout = z.object({
  id: z.string(),
  key: z.string(),
  status: z.string(),
  reason: z.string().nullable(),
  text: z.string().nullable(),
  reference: z.string().nullable(),
  feeMinor: z.int().nullable(),
})

const STATUSES: Readonly<Record<string, PayoutReport['status']>> = {
  pending: 'pending',
  paid: 'settled',
  failed: 'failed',
  returned: 'returned',
}

const REMEDIES: Readonly<Record<string, NonNullable<PayoutReport['remedy']>>> = {
  bank_down: 'later',
  account_invalid: 'fix',
  account_closed: 'fix',
  account_blocked: 'never',
  low_balance: 'operator',
}

/** Reads a payout that must have our key. */
const readOwn = (body: unknown, key: string): PayoutReport | null => {
  const { data: payout } = SimulatedPayout.safeParse(body)
  if (!payout) return null
  return payout.key === key
    ? readSimulatedPayout(payout)
    : unknownReport({ code: 'other-payout', detail: 'the payout has another key' })
}

/** Reads a payout, from an answer or a webhook. */
export const readSimulatedPayout = (payout: z.output<typeof SimulatedPayout>): PayoutReport => {
  const status = STATUSES[payout.status] ?? 'unknown'
  const code = cleanCode(payout.reason)
  const isOver = status === 'failed' || status === 'returned'
  return {
    status,
    providerId: payout.id,
    bankReference: payout.reference,
    code,
    detail: payout.text === null ? null : cleanText(payout.text),
    remedy: isOver ? (REMEDIES[code ?? ''] ?? 'operator') : null,
    feeMinor: payout.feeMinor,
  }
}

const Refused = z.object({ error: z.object({ code: z.string(), message: z.string() }) })

const readRefusal = ({ body }: Answer): Refusal => {
  const { data } = Refused.safeParse(body)
  const code = cleanCode(data?.error.code)
  return {
    code,
    detail: data ? cleanText(data.error.message) : null,
    remedy: 'operator',
    isRepeat: code === 'key_reused',
  }
}

const readMissing = ({ body, status }: Answer): PayoutReport | null => {
  const isMissing = Refused.safeParse(body).data?.error.code === 'payout_not_found'
  return status === 404 && isMissing ? toReport({ status: 'not-found' }) : null
}
