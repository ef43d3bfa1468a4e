import { type BeforeDocumentControlsServerProps, createLocalReq } from 'payload'

import { isFinance } from '../../../../collections/access.ts'
import { Sign } from '../../../../src/admin/status/Sign.tsx'
import { listHeld } from '../../../../src/cashback/ingestion/overview/listHeld.ts'
import { readDb } from '../../../../src/database/readDb.ts'
import { DecideHeld } from './DecideHeld.tsx'

/**
 * The second person's buttons on a held import, and a note for its importer. Null on a decided one,
 * or for users who may not decide. The endpoint checks it again.
 */
export const FileImportControls = async ({
  id,
  payload,
  user,
}: BeforeDocumentControlsServerProps) => {
  if (id === undefined || !user || !isFinance({ user })) return null
  const req = await createLocalReq({ user }, payload)
  const held = (await listHeld(await readDb(req))).find((one) => one.id === id)
  if (!held) return null
  if (held.requestedBy !== user.id) return <DecideHeld held={held} />
  return (
    <span className="t-idle">
      <Sign name="clock" />
      Waits for a second person
    </span>
  )
}
