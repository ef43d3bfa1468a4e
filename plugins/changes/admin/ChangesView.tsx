import type { AdminViewServerProps, PayloadRequest } from 'payload'

import { roleOf } from '../../../collections/access.ts'
import { timesIn } from '../../../src/admin/format/times.ts'
import { SectionHead } from '../../../src/admin/layout/SectionHead.tsx'
import { listChanges } from '../../../src/changes/changeStore.ts'
import { readDb } from '../../../src/database/readDb.ts'
import { AdminView } from '../../adminViews/AdminView.tsx'
import { ChangesTable } from './ChangesTable.tsx'

const MAX_OPEN = 200
const MAX_DECIDED = 50

/** `/admin/changes`: the changes that wait for a second person, and those that were decided. */
export const ChangesView = (view: AdminViewServerProps) => (
  <AdminView audience="staff" label="Changes" path="/changes" view={view}>
    <h1>Changes</h1>
    <p className="t-view__lede">
      A change of rates, limits, trust, roles, the settings of a network, the scopes or the key of a
      machine, or the password of a colleague waits for a second admin. Where there is only one, it
      takes effect after the cool-down. What makes a limit stricter takes effect at once.
    </p>
    <ChangesLoaded req={view.initPageResult.req} />
  </AdminView>
)

const ChangesLoaded = async ({ req }: { req: PayloadRequest }) => {
  const person = req.user?.collection === 'users' ? req.user : null
  const db = await readDb({ payload: req.payload })
  const open = await listChanges(db, { isOpen: true, limit: MAX_OPEN })
  const decided = await listChanges(db, { isOpen: false, limit: MAX_DECIDED })
  const times = timesIn(person?.timeZone)
  const viewer = { id: person?.id ?? '', isAdmin: roleOf(req) === 'admin' }
  return (
    <>
      <SectionHead>Waiting</SectionHead>
      {open.length === 0 ? (
        <p className="t-empty">No change waits.</p>
      ) : (
        <ChangesTable changes={open} label="Waiting changes" times={times} viewer={viewer} />
      )}
      <SectionHead note={`the latest ${MAX_DECIDED}`}>Decided</SectionHead>
      {decided.length === 0 ? (
        <p className="t-empty">Decided changes appear here, with who decided and why.</p>
      ) : (
        <ChangesTable changes={decided} label="Decided changes" times={times} viewer={viewer} />
      )}
    </>
  )
}
