import type { PayloadRequest } from 'payload'

import { dbIn } from '../../../database/dbIn.ts'
import { applyCashback } from '../applyCashback.ts'
import { raiseCeilings } from '../eventStore.ts'
import { closeHeldCredits, type HeldCredit } from './holdStore.ts'

/**
 * Credits what an applied or approved import holds, up to the amounts that were judged, in the
 * caller's database transaction.
 */
export const releaseFileImport = async (
  req: PayloadRequest,
  { fileImport, held, now }: { fileImport: string; held: HeldCredit[]; now: Date },
): Promise<void> => {
  const db = await dbIn(req)
  await closeHeldCredits(db, { fileImport }, { status: 'released', now })
  await raiseCeilings(db, held)
  await applyCashback(req, { ids: held.map(({ transaction }) => transaction), now })
}
