import type { PayloadRequest } from 'payload'

import { recordAudit } from '../audit/recordAudit.ts'
import { DomainError } from '../domain/errors.ts'
import { judgePayout } from '../domain/judgePayout.ts'
import { inTransaction } from '../ledger/inTransaction.ts'
import { type Database, transactionOf } from '../ledger/transactionOf.ts'
import { lockNetwork } from '../sync/lockNetwork.ts'
import { reduceSales } from '../sync/reduceSales.ts'
import { loadKnownSales } from './loadKnownSales.ts'
import { paySales } from './paySales.ts'
import { type PayoutSummary, payoutSummary, shownLine } from './payoutSummary.ts'
import type { ReadPayout } from './readPayout.ts'
import { saveStatement, type Statement } from './saveStatement.ts'
import { storedStatement } from './storedStatement.ts'

type Options = { payout: ReadPayout; statement: Statement; now: Date }
export type ImportedStatement = PayoutSummary & {
  id: string
  /** It was here before, and nothing was done. */
  isRepeated: boolean
}

/**
 * What a statement would come to, as of now, or has come to when it is here already.
 *
 * @throws DomainError `statement.reference-used`
 */
export const checkStatement = async (
  db: Database,
  { payout, statement }: Omit<Options, 'now'>,
): Promise<PayoutSummary> =>
  (await earlierStatement(db, statement)) ?? (await judge(db, { payout, statement })).summary

const judge = async (db: Database, { payout, statement }: Omit<Options, 'now'>) => {
  const { currency, network } = statement
  const sales = await loadKnownSales(db, network, payout.lines)
  const lines = judgePayout({ lines: payout.lines, sales, currency })
  return { lines, summary: payoutSummary(lines.map(shownLine)) }
}

/**
 * Takes a network's payment statement in, all of it or nothing: its lines, what it pays for, and
 * the cashback that is paid by that, which posts nothing. A reference is used once; the same
 * statement again answers what became of it.
 *
 * @throws DomainError `statement.unreadable-line` a line that cannot be read; its words name it
 * @throws DomainError `statement.reference-used` another statement has the reference
 */
export const importStatement = async (
  req: PayloadRequest,
  { now, payout, statement }: Options,
): Promise<ImportedStatement> => {
  const [error] = payout.errors
  if (error) {
    const words = `Line ${error.line}: ${error.detail} Nothing was imported.`
    throw new DomainError('statement.unreadable-line', words)
  }
  return inTransaction(req, async () => {
    const db = await transactionOf(req)
    await lockNetwork(db, statement.network)
    const earlier = await earlierStatement(db, statement)
    return earlier ? { ...earlier, isRepeated: true } : keep(req, { now, payout, statement })
  })
}

const earlierStatement = async (
  db: Database,
  statement: Statement,
): Promise<(PayoutSummary & { id: string }) | null> => {
  const earlier = await storedStatement(db, statement)
  if (!earlier) return null
  const { contentHash, ...rest } = earlier
  if (contentHash === statement.contentHash) return rest
  const words = 'Another statement of this network has this reference.'
  throw new DomainError('statement.reference-used', words, { field: 'reference' })
}

const keep = async (
  req: PayloadRequest,
  { now, payout, statement }: Options,
): Promise<ImportedStatement> => {
  const db = await transactionOf(req)
  const { lines, summary } = await judge(db, { payout, statement })
  const id = await saveStatement(db, { statement, summary, lines: lines.map(shownLine), now })
  const ids = await paySales(db, { ...statement, lines, now })
  await reduceSales(req, { ids, now })
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
