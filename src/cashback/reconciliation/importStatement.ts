import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import {
  type KnownTransaction,
  LINE_RESULTS,
  type LineResult,
  type MatchedLine,
  matchPayoutLines,
  type PayoutLine,
} from '../../domain/cashback/matchPayoutLines.ts'
import { DomainError } from '../../domain/errors.ts'
import { recordAudit } from '../../platform/audit/recordAudit.ts'
import { applyCashback } from '../ingestion/applyCashback.ts'
import { lockIngestion } from '../ingestion/ingestPage.ts'
import type { ReadPayout } from './readPayout.ts'
import { recordPayments } from '../ingestion/transactionStore/recordPayments.ts'
import {
  findStatement,
  saveStatement,
  type Statement,
  type StatementFigures,
  type StatementLine,
} from './statementStore.ts'

type Options = { payout: ReadPayout; statement: Statement; now: Date }

export type PayoutSummary = StatementFigures & {
  results: ResultSum[]
  /** At most 500 lines. Those that do not match come first. */
  table: StatementLine[]
  /** The number of lines that the table leaves out. */
  leftOut: number
}
type ResultSum = { result: LineResult; lines: number; amountMinor: number }

type ImportedStatement = PayoutSummary & {
  id: string
  /** The same statement was imported before; this import wrote nothing. */
  isRepeated: boolean
}

const MAX_TABLE_LINES = 500

/**
 * Imports a network's payment statement, whole or not at all: its lines, the payments of its
 * transactions, and the status `paid` of their cashback. It posts no transfers. A reference is used
 * once; the same statement again returns the stored result.
 *
 * @throws DomainError `statement.unreadable-line` a line cannot be read; the message names it
 * @throws DomainError `statement.reference-used` another statement has the reference
 */
export const importStatement = async (
  req: PayloadRequest,
  { now, payout, statement }: Options,
): Promise<ImportedStatement> => {
  const [error] = payout.errors
  if (error) {
    const message = `Line ${error.line}: ${error.detail} Nothing was imported.`
    throw new DomainError('statement.unreadable-line', message)
  }
  return inTransaction(req, async () => {
    const db = await dbIn(req)
    await lockIngestion(db, statement.network)
    const earlier = await findEarlier(db, statement)
    return earlier ? { ...earlier, isRepeated: true } : store(req, { now, payout, statement })
  })
}

/**
 * Previews a statement: the result that its import would have now, or the stored result if it is
 * already imported. Writes nothing.
 *
 * @throws DomainError `statement.reference-used` another statement has the reference
 */
export const checkStatement = async (
  db: Database,
  { payout, statement }: Omit<Options, 'now'>,
): Promise<PayoutSummary> =>
  (await findEarlier(db, statement)) ?? (await matchLines(db, { payout, statement })).summary

const findEarlier = async (
  db: Database,
  statement: Statement,
): Promise<(PayoutSummary & { id: string }) | null> => {
  const earlier = await findStatement(db, statement)
  if (!earlier) return null
  if (earlier.contentHash === statement.contentHash) {
    return { id: earlier.id, ...summarisePayout(earlier.lines) }
  }
  const message = 'Another statement of this network has this reference.'
  throw new DomainError('statement.reference-used', message, { field: 'reference' })
}

const store = async (
  req: PayloadRequest,
  { now, payout, statement }: Options,
): Promise<ImportedStatement> => {
  const db = await dbIn(req)
  const { lines, summary } = await matchLines(db, { payout, statement })
  const stored = lines.map(toStatementLine)
  const id = await saveStatement(db, { statement, figures: summary, lines: stored, now })
  const ids = await recordPayments(db, { ...statement, lines, now })
  await applyCashback(req, { ids, now })
  const { matched, totalMinor } = summary
  await recordAudit({
    req,
    action: 'import',
    subject: 'network-statements',
    subjectId: id,
    after: { ...statement, lines: summary.lines, matched, totalMinor },
  })
  return { ...summary, id, isRepeated: false }
}

const matchLines = async (db: Database, { payout, statement }: Omit<Options, 'now'>) => {
  const { currency, network } = statement
  const transactions = await loadPayoutTransactions(db, network, payout.lines)
  const lines = matchPayoutLines({ lines: payout.lines, transactions, currency })
  return { lines, summary: summarisePayout(lines.map(toStatementLine)) }
}

type Row = Omit<KnownTransaction, 'commissionMinor'> & { commissionMinor: string }

/**
 * Loads the network's transactions that the lines may refer to: by id, by order, and the reversals
 * of these orders. One query for any number of lines.
 */
const loadPayoutTransactions = async (
  db: Database,
  network: string,
  lines: PayoutLine[],
): Promise<KnownTransaction[]> => {
  const body = JSON.stringify(lines.map(({ externalId, orderId }) => ({ externalId, orderId })))
  const { rows } = await db.execute<Row>(sql`
    with line as materialized (
      select distinct l."externalId" as id, l."orderId" as order_id
      from jsonb_to_recordset(${body}::jsonb) as l ("externalId" text, "orderId" text)
    ), named as materialized (
      select s.id, s.order_id
      from network_transactions s
      join line on line.id = s.external_id
      where s.network_id = ${network}
    ), orders as materialized (
      select order_id from line where order_id is not null
      union
      select order_id from named where order_id is not null
    ), wanted as (
      select id from named
      union
      select s.id
      from network_transactions s
      join orders o on o.order_id = s.order_id
      where s.network_id = ${network}
      union
      select s.id
      from network_transactions s
      join orders o on o.order_id = s.reversal_of
      where s.network_id = ${network} and s.reversal_of is not null
    )
    select s.id::text,
      s.external_id as "externalId",
      s.order_id as "orderId",
      s.program_id as "programId",
      s.reversal_of as "reversalOf",
      s.status::text,
      s.commission_minor as "commissionMinor",
      s.currency,
      s.paid_at is not null as "isPaidFor"
    from wanted
    join network_transactions s on s.id = wanted.id
    order by s.event_at, s.id`)
  return rows.map((row) => ({ ...row, commissionMinor: Number(row.commissionMinor) }))
}

const toStatementLine = (line: MatchedLine): StatementLine => ({
  number: line.number,
  externalId: line.externalId,
  orderId: line.orderId,
  amountMinor: line.amountMinor,
  ourMinor: line.ourMinor,
  result: line.result,
  transaction: line.transaction?.id ?? null,
})

const summarisePayout = (lines: StatementLine[]): PayoutSummary => {
  const results = LINE_RESULTS.map((result) => {
    const own = lines.filter((line) => line.result === result)
    return { result, lines: own.length, amountMinor: sumAmounts(own) }
  })
  const due = lines.filter(({ result }) => result === 'matched' || result === 'differs')
  const totalMinor = sumAmounts(lines)
  const ourMinor = due.reduce((sum, line) => sum + (line.ourMinor ?? 0), 0)
  const table = lines
    .toSorted((one, other) => rankOf(one) - rankOf(other) || one.number - other.number)
    .slice(0, MAX_TABLE_LINES)
  return {
    lines: lines.length,
    matched: lines.filter(({ result }) => result === 'matched').length,
    totalMinor,
    differenceMinor: totalMinor - ourMinor,
    results,
    table,
    leftOut: lines.length - table.length,
  }
}

const rankOf = ({ result }: StatementLine): number => (result === 'matched' ? 1 : 0)

const sumAmounts = (lines: StatementLine[]): number =>
  lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
