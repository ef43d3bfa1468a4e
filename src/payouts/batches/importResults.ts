import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { readDb } from '../../database/readDb.ts'
import { DomainError } from '../../domain/errors.ts'
import { recordAudit } from '../../platform/audit/recordAudit.ts'
import { applyReports } from '../attempts/applyReports.ts'
import type { BankProfile } from '../bankFiles/profiles.ts'
import { readResultFile, type ResultFile } from '../bankFiles/readResultFile.ts'
import { type ResultLine, type ResultStatus, toReason } from '../bankFiles/resultLine.ts'
import type { PayoutReport } from '../drivers/types.ts'
import { findPayouts } from '../findPayouts.ts'
import { lockWithdrawals } from '../withdrawals/withdrawalStore.ts'
import { findProfile } from './bankProfiles.ts'
import {
  type BatchRow,
  closeBatches,
  findBatch,
  findImport,
  type ImportedFile,
  insertResultFile,
  lockImports,
} from './batchStore.ts'
import { listLines, type ListedLine } from './listLines.ts'
import {
  type FileLine,
  type FileMatch,
  hashFile,
  LINE_OUTCOMES,
  type LineOutcome,
  matchFile,
} from './matchFile.ts'

export type ResultsInput = {
  bytes: Uint8Array
  /** The name of the file, for people. */
  name: string
  /** The name of the profile of the bank that answers. */
  bankProfile: string
  /** The id of the batch that it answers; null for a file about several batches. */
  batch: string | null
  by: string
}

export type ResultCounts = Record<LineOutcome, number>
export type ResultPreview = {
  counts: ResultCounts
  /** What `apply` comes to, in minor units of `currency`, by the status of the lines. */
  amounts: Record<ResultStatus, { count: number; minor: number }>
  currency: string
  lines: ListedLine[]
  batches: number
}

/**
 * Returns what the import of a bank's answer would change, line by line. Changes nothing.
 *
 * @throws DomainError as `importResults` does
 */
export const previewResults = async (
  req: PayloadRequest,
  input: ResultsInput,
): Promise<ResultPreview> => {
  const db = await readDb(req)
  refuseImported(await findImport(db, hashFile(input.bytes)))
  const file = await readFile(db, input)
  const { encryptionKey } = findPayouts(req.payload)
  const match = await matchFile(db, { ...file, by: input.by, encryptionKey })
  const { batches, profile } = match
  return {
    counts: countOutcomes(match),
    amounts: sumAmounts(match.lines),
    currency: profile.currency,
    lines: listLines(match),
    batches: batches.length,
  }
}

export type ImportedResults = {
  id: string
  counts: ResultCounts
  /** The lines that changed nothing. */
  lines: ListedLine[]
  batches: { id: string; reference: string; status: BatchRow['status'] }[]
}

/**
 * Imports a bank's answer in one transaction: attempts, withdrawals, money and messages change
 * together with the row of the file, or nothing does. A line that cannot be believed changes nothing
 * and is kept with its reason, without account data. Imports follow each other. Audited.
 *
 * @throws DomainError `payout-file.imported` this file was imported before
 * @throws DomainError `payout-batch.profile`, `request.not-found` there is no such profile or batch
 * @throws DomainError `payout-file.…` the codes of `readResultFile` and `matchFile`
 */
export const importResults = async (
  req: PayloadRequest,
  input: ResultsInput & { now: Date },
): Promise<ImportedResults> => {
  const { bankProfile, by, bytes, name, now } = input
  const file = await readFile(await readDb(req), input)
  return inTransaction(req, async () => {
    const db = await dbIn(req)
    const sha256 = hashFile(bytes)
    refuseImported(await lockImports(db, sha256))
    const match = await lockAndMatch(req, db, { ...file, by })
    const reports = match.lines.flatMap(toNamedReport)
    await applyReports(req, { reports, now })
    const batches = await closeBatches(db, match.batches, now)
    const counts = countOutcomes(match)
    const lines = listLines(match).filter(({ outcome }) => outcome !== 'apply')
    const stored = { name, bankProfile, sha256, importedBy: by, counts, lines }
    const id = await insertResultFile(db, stored, now)
    const after = { name, bankProfile, sha256, counts }
    await recordAudit({
      req,
      action: 'import',
      subject: 'payout-result-files',
      subjectId: id,
      after,
    })
    return { id, counts, lines, batches }
  })
}

const refuseImported = (imported: ImportedFile | null): void => {
  if (!imported) return
  const message = `${imported.by} imported this file on ${imported.at.slice(0, 16).replace('T', ' ')} UTC, as ${imported.name}.`
  throw new DomainError('payout-file.imported', message)
}

type ReadFile = { file: ResultFile; profile: BankProfile; batch: BatchRow | null }

/** The profile of a named batch is the one that it was made with. */
const readFile = async (
  db: Database,
  { bankProfile, batch: id, bytes }: ResultsInput,
): Promise<ReadFile> => {
  const batch = id === null ? null : await findBatch(db, { id })
  if (id !== null && !batch) throw new DomainError('request.not-found', 'There is no such batch.')
  if (batch && batch.bankProfile !== bankProfile) {
    const message = `Batch ${batch.reference} is one of ${batch.bankProfile}.`
    throw new DomainError('payout-file.other-bank', message, { field: 'bankProfile' })
  }
  const profile = batch?.profile ?? (await findProfile(db, bankProfile))
  if (!profile) {
    const message = 'There is no profile of this name.'
    throw new DomainError('payout-batch.profile', message, { field: 'bankProfile' })
  }
  return { file: await readResultFile(bytes, profile), profile, batch }
}

/** Matches again once the withdrawals are locked: another process may have changed them. */
const lockAndMatch = async (
  req: PayloadRequest,
  db: Database,
  file: ReadFile & { by: string },
): Promise<FileMatch> => {
  const { encryptionKey } = findPayouts(req.payload)
  const found = await matchFile(db, { ...file, encryptionKey })
  const meant = found.lines.flatMap(({ attempt }) => attempt?.withdrawal ?? [])
  await lockWithdrawals(db, [...new Set(meant)])
  return matchFile(db, { ...file, encryptionKey })
}

const toNamedReport = ({ attempt, line, outcome }: FileLine) =>
  attempt && (outcome === 'apply' || outcome === 'paid-late')
    ? [{ name: { key: attempt.key }, report: toReport(line) }]
    : []

/**
 * An unmapped status puts a sent attempt in doubt, as an order that a provider does not find. An
 * `unknown` of a provider would not: there it may be a failed look-up.
 */
const toReport = ({ bankReference, reason, status, word }: ResultLine): PayoutReport => ({
  status: status === 'unknown' ? 'not-found' : status,
  providerId: null,
  bankReference,
  code: status === 'unknown' ? 'unmapped-status' : toReason(word),
  detail: status === 'unknown' ? toReason(word) : reason,
  remedy: status === 'failed' || status === 'returned' ? 'fix' : null,
  feeMinor: null,
})

const countOutcomes = ({ lines, refused }: FileMatch): ResultCounts => {
  const counts = Object.fromEntries(LINE_OUTCOMES.map((outcome) => [outcome, 0])) as ResultCounts
  for (const { outcome } of lines) counts[outcome] += 1
  return { ...counts, refused: refused.length }
}

const sumAmounts = (lines: readonly FileLine[]): ResultPreview['amounts'] => {
  const zero = () => ({ count: 0, minor: 0 })
  const amounts = {
    settled: zero(),
    failed: zero(),
    returned: zero(),
    pending: zero(),
    unknown: zero(),
  }
  for (const { attempt, line, outcome } of lines) {
    if (outcome !== 'apply' || !attempt) continue
    amounts[line.status].count += 1
    amounts[line.status].minor += attempt.amountMinor
  }
  return amounts
}
