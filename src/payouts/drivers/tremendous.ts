import { z } from 'zod'

import { toDecimal } from '../../domain/money.ts'
import { type Answer, type Connection, type Exchanged, exchange } from './exchange.ts'
import { type Refusal, refusedResult, sendOrder, toReport } from './sendOrder.ts'
import { toLookUpReport } from './toLookUpReport.ts'
import { TREMENDOUS_URL } from './tremendous/listProducts.ts'
import { readAmount } from './tremendous/readAmount.ts'
import { addLink, readOrder } from './tremendous/readOrder.ts'
import type { PayoutDriver, PayoutOrder, PayoutReport } from './types.ts'

type TremendousSettings = Omit<Connection, 'baseUrl'> & {
  apiKey: string
  /** The source of the money: an id, or `BALANCE`. */
  fundingSourceId: string
  /** Default: the live service. */
  baseUrl?: string | undefined
}

/**
 * Opens the gift cards of Tremendous: an order of one reward, delivered as a link that we pass on.
 *
 * A repeated `external_id` returns the first order and makes no other, without a limit in time. The
 * order is found by it too. A look-up contains no link to the card, so that the driver requests one
 * more link to the same reward; each look-up of a settled order does that, and the caller keeps the
 * first one.
 *
 * Sources: https://developers.tremendous.com/reference/create-order and `LINK` in
 * https://developers.tremendous.com/docs/link-delivery
 */
export const openTremendous = (settings: TremendousSettings): PayoutDriver => {
  const request = openClient(settings)
  return {
    name: 'tremendous',
    idempotency: { place: 'body', lifetimeDays: null, repeat: 'latest-state', isRepeatSafe: true },
    maxPerSecond: 5,
    refuse,
    send: async (order, { signal }) => {
      const { account, key } = order
      const refusal = refuse({ ...order, kind: account.kind })
      if (refusal || account.kind !== 'gift-card') return refusedResult(refusal)
      const body = toOrder(order, account, settings.fundingSourceId)
      return sendOrder({
        order,
        request: () => request({ path: '/orders', body, signal }),
        readReport: (reply) => readOrder(reply, key)?.report ?? null,
        readRefusal,
        lookUp: () => findOrder({ request, key, signal }),
      })
    },
    lookUp: ({ key }, { signal }) => findOrder({ request, key, signal }),
    readBalance: ({ signal }) => readBalance({ request, signal, settings }),
  }
}

type ClientRequest = { path: string; method?: 'POST'; body?: object; signal: AbortSignal }
type SendRequest = (request: ClientRequest) => Promise<Exchanged>

const openClient =
  ({ apiKey, baseUrl = TREMENDOUS_URL, ...rest }: TremendousSettings): SendRequest =>
  ({ body, method, path, signal }) =>
    exchange({
      connection: { ...rest, baseUrl },
      method: body ? 'POST' : (method ?? 'GET'),
      path,
      headers: { authorization: `Bearer ${apiKey}` },
      body: body && JSON.stringify(body),
      signal,
    })

/** More digits would not survive as a JSON number. No card comes near. */
const MAX_MINOR = 999_999_999_999

const refuse: PayoutDriver['refuse'] = ({ amountMinor, currency, kind }) => {
  if (kind !== 'gift-card')
    return { code: 'method-not-supported', message: 'Tremendous sends gift cards only.' }
  if (!CURRENCIES.has(currency)) {
    return {
      code: 'currency-not-supported',
      message: `Tremendous has no gift cards in ${currency}.`,
    }
  }
  if (amountMinor > MAX_MINOR) {
    return { code: 'amount-too-high', message: 'The amount is too large for a gift card.' }
  }
  return null
}

/** The currencies of a reward. Source: the definitions of npm `tremendous` 4.12.0. */
const CURRENCIES: ReadonlySet<string> = new Set(
  (
    'AED AFN ALL AMD ARS AUD AZN BAM BDT BHD BIF BND BOB BRL BWP BYN BZD CAD CDF CHF CLP CNY COP ' +
    'CRC CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR GBP GEL GHS GNF GTQ HKD HNL HRK HUF IDR ILS INR ' +
    'IQD IRR ISK JMD JOD JPY KES KHR KRW KWD KZT LBP LKR MAD MDL MGA MKD MMK MOP MUR MXN MYR MZN ' +
    'NAD NGN NIO NOK NPR NZD OMR PAB PEN PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SDG SEK SGD SOS ' +
    'SYP THB TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VEF VND XAF XOF YER ZAR'
  ).split(' '),
)

type GiftCard = Extract<PayoutOrder['account'], { kind: 'gift-card' }>

const toOrder = (order: PayoutOrder, account: GiftCard, fundingSourceId: string) => ({
  external_id: order.key,
  payment: { funding_source_id: fundingSourceId },
  reward: {
    products: [account.product],
    value: {
      // Tremendous takes a number. It is made of the decimal's text, and printed as that text.
      denomination: Number(toDecimal(order.amountMinor, order.currency)),
      currency_code: order.currency,
    },
    recipient: { name: account.holderName, email: account.email },
    delivery: { method: 'LINK' },
  },
})

const Problem = z.object({
  errors: z.object({ message: z.string().nullish(), payload: z.unknown() }),
})
const RewardProblem = z.object({ reward: z.unknown().refine((value) => value !== undefined) })

/**
 * Reads a refusal. 402 means that our balance is too low. Otherwise the payload repeats the parts of
 * the order that have a mistake: one in the reward (product, amount, recipient) is the member's.
 * Source: https://developers.tremendous.com/reference/error-handling
 */
const readRefusal = ({ body, status }: Answer): Refusal => {
  const { data } = Problem.safeParse(body)
  const detail = data?.errors.message ?? null
  if (status === 402) return { code: 'insufficient-funds', detail, remedy: 'operator' }
  const isOfReward = RewardProblem.safeParse(data?.errors.payload).success
  return { code: data ? 'validation' : null, detail, remedy: isOfReward ? 'fix' : 'operator' }
}

type Find = { request: SendRequest; key: string; signal: AbortSignal }

const findOrder = async ({ key, request, signal }: Find): Promise<PayoutReport> => {
  const exchanged = await request({ path: `/orders/${encodeURIComponent(key)}`, signal })
  const body = exchanged.kind === 'answer' ? exchanged.answer.body : null
  const report = toLookUpReport({
    exchanged,
    read: () => readOrder(body, key)?.report ?? null,
    readMissing: (answer) =>
      answer.status === 404 && Problem.safeParse(answer.body).success
        ? toReport({ status: 'not-found' })
        : null,
  })
  const rewardId = report.status === 'pending' ? readOrder(body, key)?.rewardId : null
  if (!rewardId) return report
  const path = `/rewards/${encodeURIComponent(rewardId)}/generate_link`
  const made = await request({ path, method: 'POST', signal })
  if (made.kind !== 'answer' || made.answer.status >= 300) return report
  return readOrder(addLink(body, made.answer.body), key)?.report ?? report
}

const FundingSources = z.object({
  funding_sources: z.array(
    z.object({
      id: z.string(),
      method: z.string(),
      meta: z
        .object({ available_amount: z.number(), currency_code: z.string() })
        .nullish()
        .catch(null),
    }),
  ),
})

type ReadBalance = { request: SendRequest; settings: TremendousSettings; signal: AbortSignal }

/** Empty if the balance cannot be read, or the source of the money has none. */
const readBalance = async ({ request, settings, signal }: ReadBalance) => {
  const exchanged = await request({ path: '/funding_sources', signal })
  const { data } = FundingSources.safeParse(
    exchanged.kind === 'answer' ? exchanged.answer.body : null,
  )
  const { fundingSourceId } = settings
  const source = data?.funding_sources.find(
    ({ id, method }) =>
      id === fundingSourceId || (fundingSourceId === 'BALANCE' && method === 'balance'),
  )
  const currency = source?.meta?.currency_code
  const minor = currency ? readAmount(source.meta?.available_amount, currency) : null
  return currency && minor !== null ? { [currency]: minor } : {}
}
