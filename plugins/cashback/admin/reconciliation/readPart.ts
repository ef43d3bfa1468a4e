import type { PayloadRequest } from 'payload'

import { readDb } from '../../../../src/database/readDb.ts'
import type { Database } from '../../../../src/database/dbIn.ts'

/**
 * Reads what one part of a screen shows; null where that fails, which is logged. The other parts are
 * shown all the same.
 */
export const readPart = async <Found>(
  { payload }: PayloadRequest,
  part: string,
  read: (db: Database) => Promise<Found>,
): Promise<Found | null> => {
  try {
    return await read(await readDb({ payload }))
  } catch (error) {
    payload.logger.error({ msg: 'part of a screen not read', part, err: error })
    return null
  }
}
