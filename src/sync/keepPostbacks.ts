import type { PayloadRequest } from 'payload'

import { transactionOf } from '../ledger/transactionOf.ts'
import type { SaleRow } from '../networks/types.ts'
import { type Hint, keepHints } from './keepHints.ts'
import { linkReturns } from './linkReturns.ts'
import type { PostbackNetwork } from './postbackNetwork.ts'
import { reduceSales } from './reduceSales.ts'
import type { TakenPostback } from './takePostbacks.ts'
import { trustHints } from './trustHints.ts'

export type Readable = TakenPostback & { row: SaleRow }
type Keeping = { network: PostbackNetwork; now: Date; postbacks: Readable[] }

/** Keeps what postbacks of one network say, oldest first, and moves what money they may move. */
export const keepPostbacks = async (
  req: PayloadRequest,
  { network, now, postbacks }: Keeping,
): Promise<void> => {
  const db = await transactionOf(req)
  // What the API was asked meanwhile is later than all of them.
  const observedAt = new Date(postbacks[0]?.receivedAt ?? now)
  const batch = { network: network.id, run: null, page: null, observedAt, now }
  const hints = latestOf(postbacks)
  const fresh = await keepHints(db, batch, hints)
  const believed = await trustHints(db, { network, hints, now, observedAt })
  const linked = await linkReturns(db, believed)
  await reduceSales(req, { ids: [...new Set([...fresh, ...believed, ...linked])], now })
}

/** Of several about one sale, what was said last. */
const latestOf = (postbacks: Readable[]): Hint[] => [
  ...new Map(
    postbacks.map(({ receivedAt, row }) => [row.externalId, { ...row, receivedAt }]),
  ).values(),
]
