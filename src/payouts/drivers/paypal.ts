import { z } from 'zod'

import { now } from '../../platform/clock.ts'
import { cleanCode } from './cleanText.ts'
import { type Answer, type Connection, type Exchanged, exchange } from './exchange.ts'
import { openTokens } from './paypal/openTokens.ts'
import { ITEM_ERRORS, readBatch } from './paypal/readBatch.ts'
import { formatPaypalAmount, refuseOrder } from './paypal/refuseOrder.ts'
import { type Refusal, refusedResult, sendOrder, toReport, unknownReport } from './sendOrder.ts'
import { toLookUpReport } from './toLookUpReport.ts'
import type { PayoutDriver, PayoutOrder, PayoutReport } from './types.ts'

type PaypalSettings = Omit<Connection, 'baseUrl'> & {
  clientId: string
  clientSecret: string
  /** Default: the live service. */
  baseUrl?: string | undefined
}

const BASE_URL = 'https://api-m.paypal.com'
/** PayPal recognises a repeated batch id for so long. */
const LIFETIME_DAYS = 30
const DAY_MS = 24 * 60 * 60_000

/**
 * Opens PayPal's Payouts. Each order is a batch of one item, because a malformed receiver refuses
 * the whole batch, and because only the id of a batch protects against a second payment.
 *
 * PayPal finds no payout by our key. A look-up without PayPal's own id sends nothing, since a
 * look-up must not pay: it is `unknown` with the code `no-look-up`, or `too-old` after 30 days.
 * Within 30 days, sending the order again finds it: PayPal completes one batch id once, refuses the
 * repeat and links to the original, which `send` then reports. After 30 days the same key would be
 * paid again, so it must not be sent.
 *
 * Source: `sender_batch_id` in https://developer.paypal.com/docs/api/payments.payouts-batch/v1/
 */
export const openPaypal = (settings: PaypalSettings): PayoutDriver => {
  const client = openClient(settings)
  return {
    name: 'paypal',
    idempotency: {
      place: 'batch',
      lifetimeDays: LIFETIME_DAYS,
      repeat: 'refused',
      isRepeatSafe: true,
    },
    maxPerSecond: 5,
    refuse: refuseOrder,
    send: async (order, { signal }) => {
      const { account, key } = order
      const refusal = refuseOrder({ ...order, kind: account.kind })
      if (refusal || account.kind !== 'paypal') return refusedResult(refusal)
      const body = toBatch(order, account.email)
      let refused: Answer | null = null
      return sendOrder({
        order,
        request: async () => {
          const exchanged = await client.request({ path: PAYOUTS, body, signal })
          if (exchanged.kind === 'answer') refused = exchanged.answer
          return exchanged
        },
        readReport: (reply) => readBatch(reply, key),
        readRefusal,
        lookUp: () => findRefused({ answer: refused, client, key, signal }),
      })
    },
    lookUp: async ({ key, providerId, sentAt }, { signal }) => {
      if (providerId !== null) return findBatch({ client, id: providerId, key, signal })
      const isOld = now().getTime() - sentAt.getTime() > LIFETIME_DAYS * DAY_MS
      const detail = 'PayPal finds no payout by our reference'
      return unknownReport({ code: isOld ? 'too-old' : 'no-look-up', detail })
    },
  }
}

const PAYOUTS = '/v1/payments/payouts'

type Client = ReturnType<typeof openClient>
type ClientRequest = { path: string; body?: object; signal: AbortSignal }

/** Opens the client: requests with a token of the account. */
const openClient = ({ baseUrl = BASE_URL, clientId, clientSecret, ...rest }: PaypalSettings) => {
  const connection = { ...rest, baseUrl }
  const tokens = openTokens(() =>
    exchange({
      connection,
      method: 'POST',
      path: '/v1/oauth2/token',
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
      signal: new AbortController().signal,
    }),
  )
  return {
    baseUrl,
    request: async ({ body, path, signal }: ClientRequest): Promise<Exchanged> => {
      const found = await tokens.find(signal)
      if (found.kind === 'not-sent') return found
      const exchanged = await exchange({
        connection,
        method: body ? 'POST' : 'GET',
        path,
        headers: { authorization: `Bearer ${found.token}` },
        body: body && JSON.stringify(body),
        signal,
      })
      if (exchanged.kind === 'answer' && exchanged.answer.status === 401) tokens.forget(found.token)
      return exchanged
    },
  }
}

/** One item in a batch of its own. Both have our key as their id. */
const toBatch = ({ amountMinor, currency, key, narration }: PayoutOrder, receiver: string) => ({
  sender_batch_header: { sender_batch_id: key, email_subject: narration },
  items: [
    {
      recipient_type: 'EMAIL',
      amount: { value: formatPaypalAmount(amountMinor, currency), currency },
      receiver,
      note: narration,
      sender_item_id: key,
    },
  ],
})

const Problem = z.object({
  name: z.string(),
  message: z.string().nullish(),
  details: z
    .array(z.object({ field: z.string().nullish(), issue: z.string().nullish() }))
    .nullish(),
  links: z.array(z.object({ href: z.string() })).nullish(),
})
type Problem = z.output<typeof Problem>

const readRefusal = ({ body }: Answer): Refusal => {
  const { data: problem } = Problem.safeParse(body)
  if (!problem) return { code: null, detail: null, remedy: null }
  const [first] = problem.details ?? []
  const detail = [problem.message, first?.field, first?.issue].filter(Boolean).join(': ')
  return { code: cleanCode(problem.name), detail, remedy: decideRemedy(problem) }
}

/** A mistake in the receiver's address is the member's; one in anything else is ours. */
const decideRemedy = ({ details, name }: Problem): Refusal['remedy'] => {
  const isReceiver = details?.some(({ field }) => field?.includes('receiver'))
  return ITEM_ERRORS[name] ?? (isReceiver ? 'fix' : 'operator')
}

type Refused = { answer: Answer | null; client: Client; key: string; signal: AbortSignal }

/**
 * Finds what a refused order means: a duplicate is looked up at PayPal's link. Only a mistake of
 * form means that PayPal never took the order, because each repeat of it has the same mistake. Any
 * other refusal may be of a repeat, so that the outcome is unknown.
 */
const findRefused = async (refused: Refused): Promise<PayoutReport> => {
  const { data: problem } = Problem.safeParse(refused.answer?.body)
  if (problem && MISTAKES.has(problem.name)) return toReport({ status: 'not-found' })
  if (!problem?.details?.some(({ field }) => /^sender_batch_id$/i.test(field ?? ''))) {
    const { code, detail } = readRefusal(refused.answer ?? { status: 0, headers: {}, body: null })
    return unknownReport({ code: code ?? 'refused', detail: detail ?? '' })
  }
  const id = findOriginal(problem, refused.client.baseUrl)
  if (id !== null) return findBatch({ ...refused, id })
  return unknownReport({ code: 'duplicate-without-link', detail: 'PayPal has this order already' })
}

const MISTAKES: ReadonlySet<string> = new Set([
  'INVALID_REQUEST',
  'MALFORMED_REQUEST',
  'VALIDATION_ERROR',
])

/**
 * Returns the id of the original batch in PayPal's link; null unless the link leads to a batch on
 * the configured host. Only the id is used, so that no other address gets our token.
 */
const findOriginal = ({ links }: Problem, baseUrl: string): string | null => {
  for (const { href } of links ?? []) {
    const url = URL.parse(href)
    if (!url || !isSameHost(url, new URL(baseUrl))) continue
    const id = /\/v1\/payments\/payouts\/(\w+)$/.exec(url.pathname)?.[1]
    if (id !== undefined) return id
  }
  return null
}

/** PayPal's service has two names, with `api` and with `api-m`. */
const isSameHost = (one: URL, other: URL): boolean =>
  one.protocol === other.protocol &&
  one.host.replace(/^api-m\./, 'api.') === other.host.replace(/^api-m\./, 'api.')

type Find = { client: Client; id: string; key: string; signal: AbortSignal }

const findBatch = async ({ client, id, key, signal }: Find): Promise<PayoutReport> => {
  const path = `${PAYOUTS}/${encodeURIComponent(id)}?page_size=10`
  const exchanged = await client.request({ path, signal })
  const report = toLookUpReport({ exchanged, read: (body) => readBatch(body, key) })
  return { ...report, providerId: report.providerId ?? id }
}
