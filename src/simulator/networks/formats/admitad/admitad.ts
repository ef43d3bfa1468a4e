import type { NetworkFault } from '../../faults.ts'
import type { Network } from '../../types.ts'
import { shop } from '../shop.ts'
import { actions, wordOf } from './actions.ts'
import { createTokens } from './createTokens.ts'
import { postback } from './postback.ts'
import { problem, PROBLEMS } from './problems.ts'

/** Faults of the way there, which a grant of tokens meets too. */
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

/** Admitad: tokens that expire and rotate, offsets, and 503 where others say 429. */
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
          shop({
            shop: `Programme ${params.campaign ?? ''}`,
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
    wordOf,
    forget: tokens.forget,
  }
}
