import type { NetworkFault } from '../faults.ts'
import type { Transaction } from '../scenario/types.ts'
import type { Network, PostbackForm } from '../types.ts'
import { formatMajor } from './amounts.ts'
import { merchantPage } from './merchantPage.ts'
import { actions, CLICK_SECONDS, rawStatusOf } from './admitad/actions.ts'
import { createTokens, problem, PROBLEMS } from './admitad/tokens.ts'

/** Faults of the connection and of tokens. */
const OF_TOKENS: NetworkFault[] = [
  'rate-limited',
  'rate-limited-with-retry-after',
  'rate-limited-until-date',
  'rate-limited-for-a-day',
  'server-error',
  'html-error-page',
  'unauthorized',
  'refresh-rotated',
  'slow',
  'slow-body',
  'reset-after-accept',
  'truncated',
  'gzip',
]

/** Admitad: tokens that expire and rotate, offsets, and 503 for a rate limit. */
export const admitad = (): Network => {
  const tokens = createTokens()
  return {
    name: 'admitad',
    title: 'Admitad',
    merchant: { id: 31_001, name: 'Example Fashion IN' },
    perMinute: 600,
    authorize: tokens.check,
    list: actions,
    resources: [
      {
        method: 'POST',
        path: /^\/token\/$/,
        answer: tokens.grant,
        faults: OF_TOKENS,
        refusals: { 'refresh-rotated': () => problem(PROBLEMS.rotated) },
      },
      {
        method: 'GET',
        path: /^\/g\/(?<campaign>[\w-]+)\/?$/,
        answer: ({ params, query }) =>
          merchantPage({
            merchant: `Programme ${params.campaign ?? ''}`,
            clickId: query.get('subid4') ?? query.get('subid') ?? '',
            landing: query.get('ulp') ?? '',
          }),
        faults: [],
      },
    ],
    rateLimited: () => problem(PROBLEMS.quota),
    unauthorized: () => problem(PROBLEMS.unknown),
    tokenExpired: tokens.expire,
    postback,
    rawStatusOf,
    reset: tokens.reset,
  }
}

/**
 * In postbacks, `pending` is an approved action that was put back on hold; in the API it is a new
 * one.
 */
const POSTBACK_STATUSES: Record<string, string> = {
  pending: 'new',
  confirmed: 'pending',
  paid: 'approved',
}

/** It is not signed. https://support.mitgo.com, postback-url_5 */
const postback: PostbackForm = {
  method: 'GET',
  postsIn: 'form',
  fields: (transaction: Transaction) => ({
    offer_id: String(transaction.merchant.id),
    offer_name: transaction.merchant.name,
    admitad_id: String(transaction.number),
    website_name: 'example-cashback.test',
    website_id: '22001',
    subid: '',
    subid1: '',
    subid2: '',
    subid3: '',
    subid4: transaction.clickId ?? '',
    action: 'Paid order',
    action_id: '501',
    payment_sum: formatMajor(transaction.commissionMinor, transaction.currency),
    payment_status: POSTBACK_STATUSES[transaction.status] ?? transaction.status,
    currency: transaction.currency,
    order_id: transaction.reversalOf ?? transaction.order,
    order_sum: formatMajor(transaction.saleMinor, transaction.currency),
    click_time: String(Math.floor(transaction.eventMs / 1000) - CLICK_SECONDS),
    time: String(Math.floor(transaction.eventMs / 1000)),
    conversion_time: String(CLICK_SECONDS),
    type: 'sale',
    country_code: 'IN',
    user_agent: 'Mozilla/5.0',
    user_referer: '',
    ...(transaction.status === 'paid' ? { reward_ready: 'true' } : {}),
  }),
}
