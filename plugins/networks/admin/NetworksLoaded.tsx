import type { PayloadRequest } from 'payload'

import { isFinance, roleOf } from '../../../collections/access.ts'
import { timesIn } from '../../../src/admin/times.ts'
import { now } from '../../../src/clock.ts'
import { readerOf } from '../../../src/ledger/readerOf.ts'
import { listOrphans } from '../../../src/orphans/listOrphans.ts'
import { loadOverview } from './loadOverview.ts'
import { NetworksBoard } from './NetworksBoard.tsx'
import { SALES_PAGE } from './salesPage.ts'

/** The desk with its first figures, so that nothing jumps when it begins to poll. */
export const NetworksLoaded = async ({ req }: { req: PayloadRequest }) => {
  const person = req.user?.collection === 'users' ? req.user : null
  const overview = await orNull(req, () => loadOverview(req))
  const sales = await orNull(req, async () =>
    listOrphans(await readerOf(req), { limit: SALES_PAGE, offset: 0 }),
  )
  return (
    <NetworksBoard
      overview={overview}
      readAt={now().toISOString()}
      sales={sales}
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
