import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { recordAudit } from '../audit/recordAudit.ts'
import { DomainError } from '../domain/errors.ts'
import { transactionOf } from '../ledger/transactionOf.ts'
import { isAsked } from './isAsked.ts'
import type { NetworkRow } from './networkRow.ts'

export type SyncMode = 'ask' | 'replay'

export type Wanted = {
  mode: SyncMode
  /** Null: what the watermarks say; of a replay, every page. */
  window: { from: Date; to: Date } | null
  note: string | null
}

type Asking = {
  req: PayloadRequest
  network: Pick<NetworkRow, 'adapter' | 'id' | 'isOn' | 'name'>
  wanted: Wanted
  askedBy: string
  now: Date
}

export type SyncRequestRow = {
  id: string
  network: string
  mode: SyncMode
  status: string
  windowFrom: string | null
  windowTo: string | null
  note: string | null
  createdAt: string
}

/**
 * Asks the workers to read a network now, or its stored pages, in the caller's transaction; audited.
 * They hear of it once that is committed.
 *
 * @throws DomainError `network.off`, `sync.nothing-to-ask` for a network of files,
 *   `sync.already-asked` one waits to be taken up already
 */
export const requestSync = async (asking: Asking): Promise<SyncRequestRow> => {
  const { network, req, wanted } = asking
  if (!network.isOn) throw new DomainError('network.off', `${network.name} is switched off.`)
  if (wanted.mode === 'ask' && !isAsked(network)) {
    throw new DomainError('sync.nothing-to-ask', `${network.name} is read from files.`)
  }
  const request = await insert(asking)
  if (!request) {
    throw new DomainError('sync.already-asked', 'One waits to be taken up already.')
  }
  const { mode, windowFrom, windowTo } = request
  const subject = { subject: 'sync-requests', subjectId: request.id }
  const after = { network: network.id, mode, windowFrom, windowTo }
  await recordAudit({ req, action: 'sync', ...subject, after, reason: wanted.note })
  return request
}

const insert = async ({ askedBy, network, now, req, wanted }: Asking) => {
  const db = await transactionOf(req)
  const at = now.toISOString()
  const { mode, note, window } = wanted
  const { rows } = await db.execute<SyncRequestRow>(sql`
    insert into sync_requests (id, network_id, mode, status, window_from, window_to, note, asked_by_id,
      created_at, updated_at)
    values (time_ordered_uuid(), ${network.id}, ${mode}, 'waiting', ${window?.from.toISOString() ?? null},
      ${window?.to.toISOString() ?? null}, ${note}, ${askedBy}, ${at}, ${at})
    on conflict do nothing
    returning id::text, network_id::text as network, mode::text, status::text,
      to_json(window_from) #>> '{}' as "windowFrom", to_json(window_to) #>> '{}' as "windowTo",
      note, to_json(created_at) #>> '{}' as "createdAt"`)
  if (rows[0]) await db.execute(sql`select pg_notify('sync', '')`)
  return rows[0] ?? null
}
