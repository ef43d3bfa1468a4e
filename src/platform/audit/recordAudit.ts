import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { toStorableText } from '../../database/toJson.ts'
import { now } from '../clock.ts'
import type { Row } from './rowChanges.ts'
import { type Actor, findActor, isStaffRole } from './findActor.ts'

type AuditEntry = {
  /** What was done: `update`, `referrer-override`. */
  action: string
  /** The slug of the collection or global, and the row in it. */
  subject: string
  subjectId?: string | null
  before?: Row | null
  after?: Row | null
  reason?: string | null
  /** The actor, where the request has none: the person at a command line. */
  actor?: Actor
  /** Names the cause. One cause is recorded once. */
  cause?: string
}

type Recording = { req: PayloadRequest } & AuditEntry

/**
 * Records an action in the transaction that performs it: both are kept or neither. Secrets are
 * masked here, for every caller.
 *
 * @throws DomainError `ledger.no-transaction` the request carries no transaction
 */
export const recordAudit = ({ req, ...entry }: Recording): Promise<void> =>
  recordAudits({ req, entries: [entry] })

/**
 * Records many actions as `recordAudit` does, in one statement.
 *
 * @throws DomainError `ledger.no-transaction` the request carries no transaction
 */
export const recordAudits = async ({
  entries,
  req,
}: {
  req: PayloadRequest
  entries: readonly AuditEntry[]
}): Promise<void> => {
  if (entries.length > 0) await insert(await dbIn(req), req, entries)
}

/** Records a fact that stays although its transaction is rolled back, such as a failed sign-in. */
export const recordFact = async ({ req, ...entry }: Recording): Promise<void> => {
  await insert((req.payload.db as unknown as PostgresAdapter).drizzle, req, [entry])
}

const insert = async (
  db: Database,
  req: PayloadRequest,
  entries: readonly AuditEntry[],
): Promise<void> => {
  const { ip, requestId, userAgent } = readOrigin(req)
  const at = now().toISOString()
  const rows = entries.map((entry) => toRow(entry, entry.actor ?? findActor(req)))
  await db.execute(sql`
    insert into audit_logs (id, at, actor_id, actor_email, actor_role, action, subject, subject_id,
      reason, before, after, ip, user_agent, request_id, created_at, updated_at)
    select coalesce(md5(r.cause)::uuid, time_ordered_uuid()), ${at}, r.actor_id, r.actor_email,
      r.actor_role, r.action, r.subject, r.subject_id, r.reason, r.before, r.after,
      ${truncate(ip, 64)}, ${truncate(userAgent, 500)}, ${truncate(requestId, 64)}, ${at}, ${at}
    from jsonb_to_recordset(${JSON.stringify(rows, toStorableText)}::jsonb) as r (
      cause text, actor_id uuid, actor_email text, actor_role text, action text, subject text,
      subject_id text, reason text, before jsonb, after jsonb)
    on conflict (id) do nothing`)
}

const toRow = (entry: AuditEntry, actor: Actor) => ({
  cause: entry.cause ?? null,
  // A member is named, not referenced: the log must not prevent the deletion of a member's row.
  actor_id: isStaffRole(actor.role) ? actor.id : null,
  actor_email: truncate(actor.email, 254),
  actor_role: actor.role,
  action: entry.action,
  subject: entry.subject,
  subject_id: entry.subjectId ?? null,
  reason: truncate(entry.reason, 1_000),
  before: toMasked(entry.before),
  after: toMasked(entry.after),
})

/** Untrusted texts: cut to a length, and without the character that PostgreSQL refuses. */
const truncate = (text: string | null | undefined, most: number): string | null =>
  text?.replaceAll('\0', '').slice(0, most) ?? null

const toMasked = (row: Row | null | undefined): unknown => (row ? maskSecrets(row) : null)

/**
 * Reads the reason of an action: the row's own `reason`, the header `X-Audit-Reason`, or `reason`
 * in the request's body. Null when none is given.
 */
export const readReason = (
  req: Partial<Pick<PayloadRequest, 'data' | 'headers'>>,
  data?: unknown,
): string | null => {
  const own = (data as { reason?: unknown } | null | undefined)?.reason
  const given: unknown[] = [own, req.headers?.get('x-audit-reason'), req.data?.reason]
  return given.map(trimText).find((text) => text !== '') ?? null
}

const trimText = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

type Origin = { ip: string | null; userAgent: string | null; requestId: string | null }

/**
 * Reads the origin of a request. The address is the one that our edge determined; without an edge,
 * the one that the proxy names. It is null for calls that did not come over HTTP.
 */
export const readOrigin = (req: Partial<Pick<PayloadRequest, 'headers'>>): Origin => {
  const header = (name: string): string | null => req.headers?.get(name) ?? null
  return {
    ip: header('x-tributary-client-ip') ?? firstOf(header('x-forwarded-for')),
    userAgent: header('user-agent'),
    requestId: header('x-request-id'),
  }
}

const firstOf = (list: string | null): string | null => list?.split(',')[0]?.trim() ?? null

/** Replaces a secret in the log. */
const MASK = '•••'

const SECRET =
  /^(hash|salt|apiKey|apiKeyIndex|sessions|credentials|code)$|(password|token|secret)$/i

/**
 * Masks every secret by its name, at any depth. The log still shows that a secret is set and that
 * it changed: an empty value stays empty.
 */
export const maskSecrets = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(maskSecrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      SECRET.test(name) && !isEmpty(inner) ? MASK : maskSecrets(inner),
    ]),
  )
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''
