import { sql } from '@payloadcms/db-postgres'

import { addDays } from '../domain/dates.ts'
import type { FieldChange } from '../domain/changes/splitChange.ts'
import type { Installation } from '../domain/changes/decideChange.ts'
import type { Database } from '../database/dbIn.ts'
import { loadCoolDown } from '../platform/approvals/loadCoolDown.ts'

/** A change that waits or was decided, as it is stored. */
export type ChangeRow = {
  id: string
  subject: string
  /** Null for a global. */
  subjectId: string | null
  title: string
  changes: FieldChange[]
  status: string
  requestedBy: string
  /** ISO 8601, like the other instants. */
  requestedAt: string
  /** Null where a second admin has to approve it. */
  takesEffectAt: string | null
}

/**
 * Serialises requests and counts the installation's accounts of staff, in the transaction: two
 * changes at once cannot both be the last free one. An account that lost its role, or was deleted,
 * counts on: as staff for ever, as an admin for the cool-down, so that no admin becomes the only
 * one by demoting the others. The audit log keeps the roles that accounts had.
 */
export const lockInstallation = async (db: Database, now: Date): Promise<Installation> => {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended('change-requests', 0))`)
  const since = addDays(now, -(await loadCoolDown(db))).toISOString()
  const { rows } = await db.execute<{ staff: string; admins: string; hasMoney: boolean }>(sql`
    with roles as (
      select id::text as account, role::text, true as counts_as_admin from users
      union all
      select subject_id, before ->> 'role', at > ${since} from audit_logs where subject = 'users'
    )
    select
      count(distinct account) as staff,
      count(distinct account) filter (where role = 'admin' and counts_as_admin) as admins,
      exists (select 1 from wallet_transactions) as "hasMoney"
    from roles
    where role in ('support', 'finance', 'admin')`)
  const { admins = 0, hasMoney = false, staff = 0 } = rows[0] ?? {}
  return { staff: Number(staff), admins: Number(admins), hasMoney }
}

/** Returns true if an account is staff or ever was: the audit log keeps the roles that it had. */
export const wasEverStaff = async (db: Database, account: string): Promise<boolean> => {
  const { rows } = await db.execute(sql`
    select 1 from (
      select role::text from users where id::text = ${account}
      union all
      select before ->> 'role' from audit_logs where subject = 'users' and subject_id = ${account}
    ) roles
    where role in ('support', 'finance', 'admin')
    limit 1`)
  return rows.length > 0
}

export type NewChange = Omit<ChangeRow, 'id' | 'status'> & { secret: string | null }

/**
 * Stores a change that waits, in the caller's transaction. It replaces the open requests of the
 * same document that have a field in common. Returns its id.
 */
export const insertChange = async (db: Database, change: NewChange): Promise<string> => {
  const { changes, requestedAt, requestedBy, secret, subject, subjectId, takesEffectAt, title } =
    change
  const fields = JSON.stringify(changes.map(({ field }) => field))
  await db.execute(sql`
    update change_requests set
      status = 'superseded',
      reason = 'A later request changes the same field.',
      secret = null,
      decided_at = ${requestedAt},
      updated_at = ${requestedAt}
    where status = 'requested'
      and subject = ${subject}
      and subject_id is not distinct from ${subjectId}
      and exists (
        select 1 from jsonb_array_elements(changes) c where ${fields}::jsonb ? (c ->> 'field'))`)
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into change_requests (
      id, subject, subject_id, title, changes, secret, status, requested_by_id, requested_at,
      takes_effect_at, created_at, updated_at)
    values (
      time_ordered_uuid(), ${subject}, ${subjectId}, ${title}, ${JSON.stringify(changes)}::jsonb,
      ${secret}, 'requested', ${requestedBy}, ${requestedAt}, ${takesEffectAt}, ${requestedAt},
      ${requestedAt})
    returning id::text`)
  return rows[0]?.id ?? ''
}

export type ChangeDecision = {
  status: 'applied' | 'cancelled' | 'rejected' | 'superseded'
  /** Null when no admin decided: the time did, or the machine's operator. */
  decidedBy: string | null
  byOperator: boolean
  reason: string | null
  at: Date
}

/** Stores the decision on an open request. Returns false if it is no longer open. */
export const recordChangeDecision = async (
  db: Database,
  id: string,
  { at, byOperator, decidedBy, reason, status }: ChangeDecision,
): Promise<boolean> => {
  const decidedAt = at.toISOString()
  const { rows } = await db.execute(sql`
    update change_requests set
      status = ${status},
      decided_by_id = ${decidedBy},
      by_operator = ${byOperator},
      reason = ${reason},
      secret = null,
      decided_at = ${decidedAt},
      updated_at = ${decidedAt}
    where id = ${id} and status = 'requested'
    returning id`)
  return rows.length > 0
}

const COLUMNS = sql.raw(`
  r.id::text,
  r.subject,
  r.subject_id as "subjectId",
  r.title,
  r.changes,
  r.status::text,
  r.requested_by_id::text as "requestedBy",
  to_json(r.requested_at) #>> '{}' as "requestedAt",
  to_json(r.takes_effect_at) #>> '{}' as "takesEffectAt"`)

/** With the encrypted secrets that wait and the role of the requester today. */
export type FoundChange = ChangeRow & { secret: string | null; requesterRole: string | null }

/** Returns a request by its id; null if there is none. */
export const findChange = async (db: Database, id: string): Promise<FoundChange | null> => {
  const { rows } = await db.execute<FoundChange>(sql`
    select ${COLUMNS}, r.secret, q.role::text as "requesterRole"
    from change_requests r
    left join users q on q.id = r.requested_by_id
    where r.id::text = ${id}`)
  return rows[0] ?? null
}

/** Returns the ids of open requests with a cool-down that has passed, the earliest first. */
export const listDueChanges = async (db: Database, now: Date): Promise<string[]> => {
  const { rows } = await db.execute<{ id: string }>(sql`
    select id::text from change_requests
    where status = 'requested' and takes_effect_at <= ${now.toISOString()}
    order by takes_effect_at, id`)
  return rows.map(({ id }) => id)
}

export type ListedChange = ChangeRow & {
  requester: string | null
  decider: string | null
  decidedAt: string | null
  byOperator: boolean
  reason: string | null
}

/** Returns the open requests, or the latest decided ones, with the names of the people. */
export const listChanges = async (
  db: Database,
  { isOpen, limit, subject }: { isOpen: boolean; limit: number; subject?: [string, string | null] },
): Promise<ListedChange[]> => {
  const of = subject
    ? sql`and r.subject = ${subject[0]} and r.subject_id is not distinct from ${subject[1]}`
    : sql``
  const { rows } = await db.execute<ListedChange>(sql`
    select ${COLUMNS},
      coalesce(q.name, q.email) as requester,
      coalesce(d.name, d.email) as decider,
      to_json(r.decided_at) #>> '{}' as "decidedAt",
      r.by_operator as "byOperator",
      r.reason
    from change_requests r
    left join users q on q.id = r.requested_by_id
    left join users d on d.id = r.decided_by_id
    where (r.status = 'requested') = ${isOpen} ${of}
    order by coalesce(r.decided_at, r.requested_at) desc, r.id desc
    limit ${limit}`)
  return rows
}
