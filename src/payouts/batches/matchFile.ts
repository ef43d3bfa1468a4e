import { createHash } from 'node:crypto'

import type { Database } from '../../database/dbIn.ts'
import { DomainError } from '../../domain/errors.ts'
import { isIban } from '../bankFiles/accounts.ts'
import {
  type MatchedLine,
  MATCH_OUTCOMES,
  type MatchOutcome,
  matchResults,
} from '../bankFiles/matchResults.ts'
import type { BankProfile } from '../bankFiles/profiles.ts'
import type { ResultFile } from '../bankFiles/readResultFile.ts'
import type { LineRefusal, ResultLine } from '../bankFiles/resultLine.ts'
import { computeFingerprint } from '../fingerprint.ts'
import { toAccountKey } from '../methods/accountKey.ts'
import { type BatchRow, findBatch } from './batchStore.ts'
import { type BankAttempt, loadKnownAttempts } from './loadKnownAttempts.ts'

/** `paid-late`: the bank paid what had failed before; a person answers it. */
export type LineOutcome = MatchOutcome | 'paid-late' | 'refused'
export const LINE_OUTCOMES: readonly LineOutcome[] = [...MATCH_OUTCOMES, 'paid-late', 'refused']

/** A line of an answer with its attempt. Its account is secret. */
export type FileLine = Omit<MatchedLine<BankAttempt>, 'outcome'> & {
  outcome: Exclude<LineOutcome, 'refused'>
}
export type FileMatch = {
  profile: BankProfile
  lines: FileLine[]
  refused: LineRefusal[]
  /** The ids of the batches that the lines mean, and of the one that was named. */
  batches: string[]
}

export type MatchAsk = {
  file: ResultFile
  profile: BankProfile
  batch: BatchRow | null
  by: string
  encryptionKey: Buffer
}

/** The hash by which a file is known when it is imported again. */
export const hashFile = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex')

/**
 * Matches the lines of a bank's answer to attempts of batches. Changes nothing.
 *
 * @throws DomainError `payout-file.other-bank` no line means a batch of this profile, or one means a
 *   batch of another
 * @throws DomainError `payout-file.other-batch` it answers for another batch than the one named
 * @throws DomainError `payout-file.own-batch` the person made a batch that it means
 * @throws DomainError `payout-file.unreadable` no line can be used
 */
export const matchFile = async (db: Database, ask: MatchAsk): Promise<FileMatch> => {
  const { by, file, profile } = ask
  const { refused } = file
  if (file.lines.length === 0 && refused[0]) {
    const { line, message } = refused[0]
    throw new DomainError('payout-file.unreadable', `No line can be used. Line ${line}: ${message}`)
  }
  const batch = ask.batch ?? (await findAnswered(db, file))
  const fingerprint = createFingerprint(ask)
  const attempts = await loadKnownAttempts(db, {
    keys: file.lines.flatMap(({ key }) => key ?? []),
    fingerprints: file.lines.flatMap(
      ({ account, ifsc, key }) => (key === null && account && fingerprint(account, ifsc)) || [],
    ),
    batch: batch?.id ?? null,
    bankProfile: profile.name,
  })
  const lines = file.batch && batch ? spread(file, batch, attempts) : file.lines
  const matched = matchResults({
    lines,
    attempts,
    batch: batch?.id ?? null,
    currency: profile.currency,
    fingerprint,
  })
  const meant = matched.lines.flatMap(({ attempt }) => attempt ?? [])
  refuseOthers(profile, meant)
  if (batch?.madeBy === by || meant.some(({ madeBy }) => madeBy === by)) {
    const message = 'You made a batch that this file answers. Another person imports it.'
    throw new DomainError('payout-file.own-batch', message)
  }
  const batches = new Set([...(batch ? [batch.id] : []), ...meant.map((one) => one.batch)])
  return { profile, lines: matched.lines.map(toFileLine), refused, batches: [...batches] }
}

/** The batch of an answer for a batch as a whole. */
const findAnswered = async (db: Database, { batch }: ResultFile): Promise<BatchRow | null> => {
  if (batch === null) return null
  const found = batch.batchKey === null ? null : await findBatch(db, { reference: batch.batchKey })
  if (found) return found
  throw new DomainError('payout-file.other-bank', 'It answers for a batch that is not ours.')
}

const createFingerprint =
  ({ encryptionKey, profile }: MatchAsk) =>
  (account: string, ifsc: string | null): string | null => {
    const text = toKeyText(profile, account, ifsc)
    return text && computeFingerprint(encryptionKey, 'payout-methods', text)
  }

/** Null for an account that cannot be recognised: hidden digits, or a number without its bank. */
const toKeyText = ({ kinds }: BankProfile, account: string, ifsc: string | null): string | null => {
  const holderName = ''
  if (account.includes('*')) return null
  if (account.includes('@')) return toAccountKey({ kind: 'upi', vpa: account, holderName })
  if (kinds.includes('iban') && isIban(account)) {
    return toAccountKey({ kind: 'iban', iban: account, bic: null, holderName })
  }
  return ifsc && toAccountKey({ kind: 'bank-in', accountNumber: account, ifsc, holderName })
}

/** An answer for a whole batch is one for each of its payments. */
const spread = (
  { batch }: ResultFile,
  { id, reference }: BatchRow,
  attempts: readonly BankAttempt[],
): ResultLine[] => {
  if (batch === null) return []
  if (batch.batchKey !== reference) {
    const message = `It answers for another batch than ${reference}.`
    throw new DomainError('payout-file.other-batch', message, { field: 'batch' })
  }
  const { reason, status, word } = batch
  return attempts
    .filter((attempt) => attempt.batch === id)
    .map(({ key }) => ({
      line: 1,
      key,
      bankReference: null,
      account: null,
      accountLast4: null,
      ifsc: null,
      amountMinor: null,
      status,
      word,
      reason,
      date: null,
      isContradictory: false,
    }))
}

const refuseOthers = ({ name }: BankProfile, meant: readonly BankAttempt[]): void => {
  const other = meant.find(({ bankProfile }) => bankProfile !== name)
  if (!other && meant.length > 0) return
  const message = other
    ? `The file answers batch ${other.batchReference} of ${other.bankProfile}.`
    : `No line of the file means a payment of ${name}.`
  throw new DomainError('payout-file.other-bank', message)
}

/** A bank that pays what had failed: the money went back, so that a person answers. */
const toFileLine = ({ attempt, line, outcome }: MatchedLine<BankAttempt>): FileLine => {
  const isLate =
    outcome === 'conflict' && line.status === 'settled' && attempt?.attemptStatus === 'failed'
  if (!isLate) return { line, attempt, outcome }
  return { line, attempt, outcome: attempt.lateStatus === null ? 'paid-late' : 'unchanged' }
}
