import type { PayloadRequest } from 'payload'

import { isFinance, roleOf } from '../../../collections/access.ts'
import { timesIn } from '../../../src/admin/format/times.ts'
import { now } from '../../../src/platform/clock.ts'
import { readDb } from '../../../src/database/readDb.ts'
import { listUnattributed } from '../../../src/cashback/attribution/listUnattributed.ts'
import { loadOverview } from './loadOverview.ts'
import { NetworksBoard } from './NetworksBoard.tsx'
import { TRANSACTIONS_PAGE } from './unattributedPage.ts'

/** The desk with its first figures, so that nothing jumps when it begins to poll. */
export const NetworksLoaded = async ({ req }: { req: PayloadRequest }) => {
  const person = req.user?.collection === 'users' ? req.user : null
  const overview = await orNull(req, () => loadOverview(req))
  const transactions = await orNull(req, async () =>
    listUnattributed(await readDb(req), { limit: TRANSACTIONS_PAGE, offset: 0 }),
  )
  return (
    <NetworksBoard
      overview={overview}
      readAt={now().toISOString()}
      transactions={transactions}
      timeZone={timesIn(person?.timeZone).timeZone}
      viewer={{
        id: person?.id ?? '',
        mayAct: isFinance(req),
        isAdmin: roleOf(req) === 'admin',
      }}
    />
  )
}

/** A part that cannot be read says so and tries again by itself; the others are shown. */
const orNull = async <Part,>(
  { payload }: PayloadRequest,
  load: () => Promise<Part>,
): Promise<Part | null> => {
  try {
    return await load()
  } catch (error) {
    payload.logger.error({ msg: 'a part of the desk of networks was not read', err: error })
    return null
  }
}
