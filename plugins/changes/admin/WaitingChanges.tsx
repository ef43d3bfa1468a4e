import type { JSONFieldServerProps } from 'payload'

import { isStaff } from '../../../collections/access.ts'
import { timesIn } from '../../../src/admin/format/times.ts'
import { AdminLink } from '../../../src/admin/layout/AdminLink.tsx'
import { Sign } from '../../../src/admin/status/Sign.tsx'
import { listChanges } from '../../../src/changes/changeStore.ts'
import { readDb } from '../../../src/database/readDb.ts'
import { ChangeLines } from './ChangeLines.tsx'

const MAX_SHOWN = 10

/** What waits for the document on the screen; null when nothing does. */
export const WaitingChanges = async ({
  collectionSlug,
  id,
  payload,
  req,
  user,
}: JSONFieldServerProps & { globalSlug?: string }) => {
  const slug = collectionSlug || req.routeParams?.global
  if (typeof slug !== 'string' || !isStaff({ user })) return null
  if (collectionSlug && id === undefined) return null
  const subject: [string, string | null] = [slug, collectionSlug ? String(id) : null]
  const open = { isOpen: true, limit: MAX_SHOWN, subject }
  const waiting = await listChanges(await readDb({ payload }), open)
  if (waiting.length === 0) return null
  const times = timesIn(user.collection === 'users' ? user.timeZone : null)
  return (
    <div className="t-waiting" role="status">
      {waiting.map(({ changes, id: key, requester, takesEffectAt }) => (
        <section key={key}>
          <p>
            <Sign name="clock" />
            {requester ?? 'A former colleague'} requested a change.{' '}
            {takesEffectAt
              ? `It takes effect on ${times.minute(takesEffectAt)} (${times.zone}).`
              : 'It waits for a second admin.'}{' '}
            <AdminLink href={`${payload.config.routes.admin}/changes`}>All changes</AdminLink>
          </p>
          <ChangeLines changes={changes} subject={slug} />
        </section>
      ))}
    </div>
  )
}
