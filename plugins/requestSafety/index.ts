import type { CollectionConfig, Config, GlobalConfig, Plugin } from 'payload'

import { capLists } from '../../hooks/system/capLists.ts'
import { checkGlobalRead } from '../../hooks/system/checkParameters.ts'
import { checkMoneyRequest } from '../../hooks/wallets/checkMoneyRequest.ts'
import { dropGlobalSystemFields, dropSystemFields } from '../../hooks/system/dropSystemFields.ts'
import { rejectPartialBulk } from '../../hooks/system/rejectPartialBulk.ts'
import { requireLists } from '../../hooks/system/requireLists.ts'
import { requireKnownSelf, requireKnownSender } from '../../hooks/system/requireKnownSender.ts'
import { limitGlobalShape, limitShape } from '../../hooks/system/limitShape.ts'
import { lockGlobal } from '../../hooks/system/lockDocument.ts'
import { noteFailedSignIns } from '../../src/database/noteDatabaseLoss.ts'
import { extendCollection } from '../extend/extendCollection.ts'
import { answerOnce, createOnce } from './answerOnce.ts'
import { closeRoutes } from './closeRoutes.ts'
import { limitAttempts } from './limitAttempts.ts'
import { limitPreferences } from './limitPreferences.ts'
import { limitGraphql } from './limitGraphql.ts'
import { lockSignIns } from './lockSignIns.ts'

export type RequestSafetyOptions = {
  /** Multiplies the limits on signing in, registering and forgotten passwords; null lifts them. */
  rateLimitFactor: number | null
  /** Sends the session cookie over https only. */
  isHttps?: boolean
}

/** Collections with a new row, or a route of their own, that moves money. */
const MONEY = ['payments', 'refunds', 'adjustments'] as const
/** Further collections with routes that move money, or lead to it. */
const REPLAYED = [
  'network-transactions',
  'transaction-assignments',
  'cashback-claims',
  'withdrawals',
  'payout-attempts',
  'payout-batches',
  'payout-methods',
  'tax-ids',
] as const

/**
 * Rules for every request: a repeated request moves money once, lists and queries are bounded,
 * guessing is rate limited, input is exact. Listed after the plugins that add collections and
 * routes, so that it covers theirs.
 */
export const requestSafety =
  ({ isHttps = false, rateLimitFactor }: RequestSafetyOptions): Plugin =>
  (config: Config): Config => {
    const capped = (config.collections ?? []).map(withCaps).map(withCookies(isHttps))
    const replayed = REPLAYED.reduce((all, slug) => all.map(withReplay(slug)), capped)
    const exact = MONEY.reduce(withExactMoney, replayed)
    const limited = rateLimitFactor === null ? exact : withRateLimits(exact, rateLimitFactor)
    const safe = extendCollection(limited, 'users', { hooks: lockSignIns })
    return {
      ...config,
      collections: safe,
      globals: (config.globals ?? []).map(withLock),
      graphQL: {
        ...config.graphQL,
        validationRules: (args) => [
          ...limitGraphql(config.graphQL?.maxComplexity ?? 1_000)(args),
          ...(config.graphQL?.validationRules?.(args) ?? []),
        ],
      },
      onInit: async (payload) => {
        await config.onInit?.(payload)
        limitPreferences(payload)
        closeRoutes(payload)
        noteFailedSignIns(payload)
      },
    }
  }

const withLock = (global: GlobalConfig): GlobalConfig => ({
  ...global,
  hooks: {
    ...global.hooks,
    beforeOperation: [
      limitGlobalShape,
      checkGlobalRead,
      dropGlobalSystemFields,
      lockGlobal,
      ...(global.hooks?.beforeOperation ?? []),
    ],
  },
})

/** Runs before all other hooks of the collection. */
const withCaps = (collection: CollectionConfig): CollectionConfig => ({
  ...collection,
  hooks: {
    ...collection.hooks,
    ...(collection.auth
      ? { afterMe: [requireKnownSelf, ...(collection.hooks?.afterMe ?? [])] }
      : {}),
    beforeOperation: [
      capLists,
      requireKnownSender,
      limitShape,
      requireLists,
      dropSystemFields,
      ...(collection.hooks?.beforeOperation ?? []),
    ],
    // Payload's own answer to a change that fails in part is no error of the contract.
    afterOperation: [rejectPartialBulk, ...(collection.hooks?.afterOperation ?? [])],
  },
})

const withCookies =
  (secure: boolean) =>
  (collection: CollectionConfig): CollectionConfig => {
    const { auth } = collection
    if (typeof auth !== 'object') return collection
    return { ...collection, auth: { ...auth, cookies: { ...auth.cookies, secure } } }
  }

const withExactMoney = (collections: CollectionConfig[], slug: (typeof MONEY)[number]) =>
  extendCollection(collections.map(withReplay(slug)), slug, {
    hooks: { beforeOperation: [checkMoneyRequest] },
    endpoints: [createOnce(slug)],
  })

const withReplay =
  (slug: string) =>
  (collection: CollectionConfig): CollectionConfig =>
    collection.slug === slug && collection.endpoints
      ? {
          ...collection,
          endpoints: collection.endpoints.map((endpoint) =>
            endpoint.method === 'post' && endpoint.custom?.answersOnce !== false
              ? { ...endpoint, handler: answerOnce(endpoint.handler) }
              : endpoint,
          ),
        }
      : collection

const withRateLimits = (collections: CollectionConfig[], factor: number) =>
  extendCollection(collections, 'users', {
    hooks: { beforeOperation: [limitAttempts(factor)] },
  })
