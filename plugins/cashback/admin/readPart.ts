import type { PayloadRequest } from 'payload'

import { readDb } from '../../../src/database/readDb.ts'
import type { Database } from '../../../src/database/dbIn.ts'

/**
 * Reads the data of one part of an admin view. Logs an error and returns null, so that the other
 * parts are still shown.
 */
export const readPart = async <Found>(
  { payload }: PayloadRequest,
  part: string,
  read: (db: Database) => Promise<Found>,
): Promise<Found | null> => {
  try {
    return await read(await readDb({ payload }))
  } catch (error) {
    payload.logger.error({
      msg: 'a part of an admin view was not read',
      part,
      err: error,
    })
    return null
  }
}
