import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { now } from '../clock.ts'
import { type Database, transactionOf } from '../ledger/transactionOf.ts'
import { type Actor, actorOf, isStaffRole } from './actorOf.ts'
import type { Row } from './changedFields.ts'
import { maskSecrets } from './maskSecrets.ts'
import { originOf } from './originOf.ts'

type AuditEntry = {
  /** What was done: `update`, `referrer-override`. */
  action: string
  /** The slug of the collection or global, and the row in it. */
  subject: string
  subjectId?: string | null
  before?: Row | null
  after?: Row | null
  reason?: string | null
  /** Who, where the request does not say: the person at a command line. */
  actor?: Actor
  /** Names the cause: what has one cause is recorded once. */
  cause?: string
}

type Recording = { req: PayloadRequest } & AuditEntry

/**
 * Writes down what was done, in the transaction that does it: both are kept or neither. Secrets
 * are masked here, whoever calls.
 *
 * @throws DomainError `ledger.no-transaction` the request carries no transaction
 */
export const recordAudit = async ({ req, ...entry }: Recording): Promise<void> => {
  await insert(await transactionOf(req), req, entry)
}

/** Writes down what has happened and stays a fact though nothing else is kept: a failed sign-in. */
export const recordFact = async ({ req, ...entry }: Recording): Promise<void> => {
  await insert((req.payload.db as unknown as PostgresAdapter).drizzle, req, entry)
}

const insert = async (db: Database, req: PayloadRequest, entry: AuditEntry): Promise<void> => {
  const actor = entry.actor ?? actorOf(req)
  const { ip, requestId, userAgent } = originOf(req)
  const at = now().toISOString()
  // A member is named, not referred to: the log must not keep a member's row from being deleted.
  const actorId = isStaffRole(actor.role) ? actor.id : null
  await db.execute(sql`
    insert into audit_logs (id, at, actor_id, actor_email, actor_role, action, subject, subject_id,
      reason, before, after, ip, user_agent, request_id, created_at, updated_at)
    values (coalesce(md5(${entry.cause ?? null}::text)::uuid, time_ordered_uuid()), ${at},
      ${actorId}, ${short(actor.email, 254)}, ${actor.role}, ${entry.action}, ${entry.subject},
      ${entry.subjectId ?? null}, ${short(entry.reason, 1_000)}, ${json(entry.before)}::jsonb,
      ${json(entry.after)}::jsonb, ${short(ip, 64)}, ${short(userAgent, 500)},
      ${short(requestId, 64)}, ${at}, ${at})
    on conflict (id) do nothing`)
}

/** Strangers choose these: none fills the table, and none has a character PostgreSQL refuses. */
const short = (text: string | null | undefined, most: number): string | null =>
  text?.replaceAll('\0', '').slice(0, most) ?? null

const json = (row: Row | null | undefined): string | null =>
  row ? JSON.stringify(maskSecrets(row)) : null
