import type { CollectionConfig, Config, GlobalConfig, Plugin } from 'payload'

import { capLists } from '../../hooks/capLists.ts'
import { checkMoneyRequest } from '../../hooks/checkMoneyRequest.ts'
import { keepOwnFields } from '../../hooks/keepOwnFields.ts'
import { lockGlobal } from '../../hooks/lockGlobal.ts'
import { extendCollection } from '../extendCollection.ts'
import { answerOnce } from './answerOnce.ts'
import { closeRoutes } from './closeRoutes.ts'
import { createOnce } from './createOnce.ts'
import { limitAttempts } from './limitAttempts.ts'
import { limitGraphql } from './limitGraphql.ts'

export type RequestSafetyOptions = {
  /** Multiplies the limits on signing in, registering and forgotten passwords; null lifts them. */
  rateLimitFactor: number | null
  /** The session's cookie travels over https alone. */
  isHttps?: boolean
}

/** Collections of which a new row, or a route of their own, moves money. */
const MONEY = ['payments', 'refunds', 'adjustments'] as const

/**
 * What every request is held to: repeats that move money once, lists and queries with an end,
 * a limit to guessing, exact input. Listed behind the plugins that bring collections and routes,
 * so that theirs are held to it as well.
 */
export const requestSafety =
  ({ isHttps = false, rateLimitFactor }: RequestSafetyOptions): Plugin =>
  (config: Config): Config => {
    const capped = (config.collections ?? []).map(withCaps).map(withCookies(isHttps))
    const safe = MONEY.reduce(withExactMoney, capped)
    return {
      ...config,
      collections: rateLimitFactor === null ? safe : withRateLimits(safe, rateLimitFactor),
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
        closeRoutes(payload)
      },
    }
  }

const withLock = (global: GlobalConfig): GlobalConfig => ({
  ...global,
  hooks: {
    ...global.hooks,
    beforeOperation: [lockGlobal, ...(global.hooks?.beforeOperation ?? [])],
  },
})

/** First of its hooks: nothing else has worked on the request by then. */
const withCaps = (collection: CollectionConfig): CollectionConfig => ({
  ...collection,
  hooks: {
    ...collection.hooks,
    beforeOperation: [capLists, keepOwnFields, ...(collection.hooks?.beforeOperation ?? [])],
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
            endpoint.method === 'post'
              ? { ...endpoint, handler: answerOnce(endpoint.handler) }
              : endpoint,
          ),
        }
      : collection

const withRateLimits = (collections: CollectionConfig[], factor: number) =>
  extendCollection(collections, 'users', {
    hooks: { beforeOperation: [limitAttempts(factor)] },
  })
