import { AsyncLocalStorage } from 'node:async_hooks'

import type {
  AuthStrategy,
  BaseDatabaseAdapter,
  DatabaseAdapterObj,
  Payload,
  PayloadRequest,
} from 'payload'

import { isDatabaseAway } from './isDatabaseAway.ts'

/**
 * Notes that the database was away while Payload looked up credentials. Payload's strategies catch
 * every error and go on without a user, so that a valid key would be answered 403. See
 * `noteFailedSignIns`, and `wasDatabaseAway` for what was noted.
 */
export const noteDatabaseLoss = (adapter: DatabaseAdapterObj): DatabaseAdapterObj => ({
  ...adapter,
  init: (args) => {
    const db: BaseDatabaseAdapter = adapter.init(args)
    db.find = noting(db.find.bind(db)) as typeof db.find
    db.findOne = noting(db.findOne.bind(db)) as typeof db.findOne
    return db
  },
})

/** Marks the requests with credentials that could not be looked up. Called when Payload has started. */
export const noteFailedSignIns = (payload: Payload): void => {
  payload.authStrategies = payload.authStrategies.map(noteFailure)
}

/** True if the database was away when the request was authenticated. */
export const wasDatabaseAway = ({ context }: Partial<Pick<PayloadRequest, 'context'>>): boolean =>
  context?.wasDatabaseAway === true

/** Payload passes the request to some of its reads only, so the lookup is found by its call. */
const LOOKUP = new AsyncLocalStorage<{ isLost: boolean }>()

const noteFailure = (strategy: AuthStrategy): AuthStrategy => ({
  ...strategy,
  authenticate: async (args) => {
    const lookup = { isLost: false }
    const result = await LOOKUP.run(lookup, async () => strategy.authenticate(args))
    const { req } = args as { req?: Partial<PayloadRequest> }
    if (lookup.isLost && !result.user && req) {
      req.context = { ...req.context, wasDatabaseAway: true }
    }
    return result
  },
})

const noting =
  <Args, Result>(read: (args: Args) => Promise<Result>) =>
  async (args: Args): Promise<Result> => {
    try {
      return await read(args)
    } catch (error) {
      const lookup = LOOKUP.getStore()
      if (lookup && isDatabaseAway(error)) lookup.isLost = true
      throw error
    }
  }
