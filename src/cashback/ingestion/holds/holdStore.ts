import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../../database/dbIn.ts'
import type { HoldReason } from '../../../domain/cashback/judgeCredits.ts'
import { DomainError } from '../../../domain/errors.ts'
import type { Growth } from '../types.ts'

type NewImport = { network: string; run: string; requestedBy: string | null; now: Date }

/**
 * Records the begin of an import. Its credits are held until it is decided, so that an import that
 * is lost with its process credits nothing. Returns its id.
 */
export const beginFileImport = async (
  db: Database,
  { network, now, requestedBy, run }: NewImport,
): Promise<string> => {
  const at = now.toISOString()
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into file_imports (id, network_id, run_id, status, requested_by_id, created_at,
      updated_at)
    values (time_ordered_uuid(), ${network}, ${run}, 'held', ${requestedBy}, ${at}, ${at})
    returning id::text`)
  return rows[0]?.id ?? ''
}

export type FileImport = {
  id: string
  network: string
  requestedBy: string | null
  status: 'held' | 'applied' | 'approved' | 'rejected'
  createdAt: string
}

const LOCKS = {
  none: sql``,
  /** Against a decision, for a page of the import. */
  page: sql`for share`,
  decision: sql`for no key update`,
}

/**
 * Loads an import and locks its row.
 *
 * @throws DomainError `request.not-found`
 */
export const loadFileImport = async (
  db: Database,
  id: string,
  lock: keyof typeof LOCKS,
): Promise<FileImport> => {
  const { rows } = await db.execute<FileImport>(sql`
    select id::text,
      network_id::text as network,
      requested_by_id::text as "requestedBy",
      status::text,
      to_json(created_at) #>> '{}' as "createdAt"
    from file_imports where id = ${id} ${LOCKS[lock]}`)
  if (!rows[0]) throw new DomainError('request.not-found', 'Not found.')
  return rows[0]
}

type ImportDecision = {
  id: string
  status: 'applied' | 'approved' | 'rejected'
  decidedBy: string | null
  reason: string | null
  now: Date
}

/** Records the decision on a held import. The caller holds its row. */
export const recordImportDecision = async (
  db: Database,
  { decidedBy, id, now, reason, status }: ImportDecision,
): Promise<void> => {
  const at = now.toISOString()
  await db.execute(sql`
    update file_imports set
      status = ${status},
      decided_by_id = ${decidedBy},
      decided_at = ${at},
      reason = ${reason},
      updated_at = ${at}
    where id = ${id} and status = 'held'`)
}

/** Records why an import waits for a second person. */
export const recordHoldReasons = async (
  db: Database,
  { id, reasons }: { id: string; reasons: HoldReason[] },
): Promise<void> => {
  await db.execute(sql`
    update file_imports set reasons = ${JSON.stringify(reasons)}::jsonb where id = ${id}`)
}

/** The growth of one order's credit, as it is held. Amounts in minor units. */
export type HeldCredit = {
  transaction: string
  member: string
  currency: string
  fromMinor: number
  toMinor: number
  amountMinor: number
}

type HeldRow = Omit<HeldCredit, 'amountMinor' | 'fromMinor' | 'toMinor'> &
  Record<'amountMinor' | 'fromMinor' | 'toMinor', string>

/** Lists what an import, or a grown assignment, holds. */
export const listHeldCredits = async (
  db: Database,
  cause: { fileImport: string } | { assignment: string },
): Promise<HeldCredit[]> => {
  const { rows } = await db.execute<HeldRow>(sql`
    select transaction_id::text as transaction,
      member_id::text as member,
      currency,
      from_minor as "fromMinor",
      to_minor as "toMinor",
      amount_minor as "amountMinor"
    from held_credits
    where status = 'held'
      and ${'fileImport' in cause ? sql`file_import_id = ${cause.fileImport}` : sql`assignment_id = ${cause.assignment}`}
    order by transaction_id`)
  return rows.map(({ amountMinor, fromMinor, toMinor, ...row }) => ({
    ...row,
    fromMinor: Number(fromMinor),
    toMinor: Number(toMinor),
    amountMinor: Number(amountMinor),
  }))
}

/** Closes what an import, or a grown assignment, holds. */
export const closeHeldCredits = async (
  db: Database,
  cause: { fileImport: string } | { assignment: string },
  { now, status }: { status: 'released' | 'rejected'; now: Date },
): Promise<void> => {
  const at = now.toISOString()
  await db.execute(sql`
    update held_credits set status = ${status}, decided_at = ${at}, updated_at = ${at}
    where status = 'held'
      and ${'fileImport' in cause ? sql`file_import_id = ${cause.fileImport}` : sql`assignment_id = ${cause.assignment}`}`)
}

/** The growth of a transaction's credit to be stored. */
type NewGrowth = Growth & { transaction: string; member: string; currency: string }

type Growths = {
  /** The transactions that were decided now: what they held before is superseded. */
  transactions: string[]
  growths: NewGrowth[]
  /** Null: what imports hold stays. */
  fileImport: string | null
  now: Date
}

/** Stores the growth of credits, each in the place of what its transaction held before. */
export const recordGrowths = async (
  db: Database,
  { fileImport, growths, now, transactions }: Growths,
): Promise<void> => {
  const at = now.toISOString()
  await db.execute(sql`
    update held_credits set status = 'superseded', decided_at = ${at}, updated_at = ${at}
    where status = 'held'
      and (${fileImport}::uuid is not null or assignment_id is not null)
      and transaction_id in (
        select value::uuid from jsonb_array_elements_text(${JSON.stringify(transactions)}::jsonb)
      )`)
  if (growths.length === 0) return
  await db.execute(sql`
    insert into held_credits (id, file_import_id, assignment_id, transaction_id, member_id,
      requested_by_id, from_minor, to_minor, amount_minor, currency, status, decided_at,
      created_at, updated_at)
    select time_ordered_uuid(),
      case when g.assignment is null then ${fileImport}::uuid end,
      g.assignment, g.transaction, g.member, g."requestedBy", g."fromMinor", g."toMinor",
      g."toMinor" - g."fromMinor", g.currency, g.status::enum_held_credits_status,
      case when g.status <> 'held' then ${at}::timestamptz end, ${at}, ${at}
    from jsonb_to_recordset(${JSON.stringify(growths)}::jsonb) as g (assignment uuid,
      transaction uuid, member uuid, "requestedBy" uuid, "fromMinor" bigint, "toMinor" bigint,
      currency text, status text)`)
}
