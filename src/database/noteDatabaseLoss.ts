import type { BaseDatabaseAdapter, DatabaseAdapterObj, PayloadRequest } from 'payload'

import { isDatabaseAway } from './isDatabaseAway.ts'

/**
 * Notes on the request that the database was away while Payload read. Payload's authentication
 * catches every error and goes on without a user, so that a valid key would be answered 403. With
 * the note, `answerError` answers 503.
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

/** True if the database was away when the request was authenticated. */
export const wasDatabaseAway = ({ context }: Partial<Pick<PayloadRequest, 'context'>>): boolean =>
  context?.wasDatabaseAway === true

const noting =
  <Args extends { req?: Partial<PayloadRequest> | undefined }, Result>(
    read: (args: Args) => Promise<Result>,
  ) =>
  async (args: Args): Promise<Result> => {
    try {
      return await read(args)
    } catch (error) {
      if (args.req?.context && isDatabaseAway(error)) args.req.context.wasDatabaseAway = true
      throw error
    }
  }
