import type { ResultLine, ResultStatus } from './resultLine.ts'

/** What is known of an attempt to pay. `pending` is sent and not final, `unknown` is in doubt. */
export type KnownAttempt = {
  key: string
  /** The id of its batch. */
  batch: string
  amountMinor: number
  currency: string
  /** A keyed hash of the account, by the function that is given as `fingerprint`. */
  accountFingerprint: string | null
  accountLast4: string | null
  ifsc: string | null
  status: ResultStatus
}

export const MATCH_OUTCOMES = [
  /** The attempt takes the status of the line. */
  'apply',
  /** The line states nothing new: a repeat, or older news than what is known. */
  'unchanged',
  /** The line names no known attempt. */
  'unknown',
  /** The bank states another amount or currency than was sent. */
  'changed-amount',
  /** The bank states another account than was sent. */
  'changed-account',
  /** Without our reference, account and amount fit several attempts or several lines. */
  'ambiguous',
  /** The attempt is of another batch than the file is imported for. */
  'other-batch',
  /** Lines of the file state two things of one attempt. */
  'contradictory',
  /** A final status is known that the line denies, such as failed for an attempt that settled. */
  'conflict',
] as const
export type MatchOutcome = (typeof MATCH_OUTCOMES)[number]

export type MatchedLine<Attempt extends KnownAttempt = KnownAttempt> = {
  /** It holds the account: see `ResultLine`. */
  line: ResultLine
  outcome: MatchOutcome
  attempt: Attempt | null
}

export type MatchedResults<Attempt extends KnownAttempt = KnownAttempt> = {
  lines: MatchedLine<Attempt>[]
  counts: Record<MatchOutcome, number>
}

export type MatchInput<Attempt extends KnownAttempt = KnownAttempt> = {
  lines: readonly ResultLine[]
  /**
   * The attempts of the batch, and those of other batches that the keys of the file name. A file
   * without keys is matched to these alone, so all that may be meant have to be here.
   */
  attempts: readonly Attempt[]
  /** The batch that the file is imported for; null for a file about several batches. */
  batch: string | null
  currency: string
  /** Hashes an account as those of the attempts are. */
  fingerprint: (account: string, ifsc: string | null) => string | null
}

/**
 * Decides for each line of a bank's answer what it changes: by our key, else by account, IFSC and
 * amount if they fit one attempt and one line. Only `apply` changes anything. One line changes one
 * attempt at most, and an attempt is changed by one line at most. An answer that is imported again
 * changes nothing.
 */
export const matchResults = <Attempt extends KnownAttempt>(
  input: MatchInput<Attempt>,
): MatchedResults<Attempt> => {
  const found = findAttempts(input)
  const contradictory = findContradictory(input.lines, found)
  const taken = new Set<Attempt>()
  const lines = input.lines.map((line, at): MatchedLine<Attempt> => {
    const match = found[at] ?? 'unknown'
    if (typeof match === 'string') return { line, outcome: match, attempt: null }
    if (input.batch !== null && match.batch !== input.batch) {
      return { line, outcome: 'other-batch', attempt: match }
    }
    if (contradictory.has(match)) return { line, outcome: 'contradictory', attempt: match }
    const outcome = decide(line, match, input)
    if (outcome !== 'apply') return { line, outcome, attempt: match }
    const isRepeat = taken.has(match)
    taken.add(match)
    return { line, outcome: isRepeat ? 'unchanged' : 'apply', attempt: match }
  })
  return { lines, counts: countOutcomes(lines) }
}

type Found<Attempt> = Attempt | 'ambiguous' | 'unknown'

const findAttempts = <Attempt extends KnownAttempt>({
  attempts,
  batch,
  fingerprint,
  lines,
}: MatchInput<Attempt>): Found<Attempt>[] => {
  const byKey = new Map(attempts.map((attempt) => [attempt.key, attempt]))
  const byAccount = new Map<string, Attempt[]>()
  for (const attempt of attempts) {
    if (attempt.accountFingerprint === null || (batch !== null && attempt.batch !== batch)) continue
    const key = `${attempt.accountFingerprint} ${attempt.amountMinor}`
    byAccount.set(key, [...(byAccount.get(key) ?? []), attempt])
  }
  const keyed = new Set<Attempt>()
  const keyless = new Map<Attempt, number>()
  const found = lines.map((line): Found<Attempt> => {
    if (line.key !== null) {
      const attempt = byKey.get(line.key)
      if (attempt) keyed.add(attempt)
      return attempt ?? 'unknown'
    }
    if (line.account === null || line.amountMinor === null) return 'unknown'
    const hash = fingerprint(line.account, line.ifsc)
    const possible = hash === null ? [] : (byAccount.get(`${hash} ${line.amountMinor}`) ?? [])
    const fitting = possible.filter(({ ifsc }) => !line.ifsc || !ifsc || ifsc === line.ifsc)
    const [attempt] = fitting
    if (!attempt) return 'unknown'
    if (fitting.length > 1) return 'ambiguous'
    keyless.set(attempt, (keyless.get(attempt) ?? 0) + 1)
    return attempt
  })
  // Two payments of one amount to one account look the same: one of them may be of someone else.
  return found.map((match, at) =>
    typeof match !== 'string' &&
    lines[at]?.key === null &&
    (keyed.has(match) || (keyless.get(match) ?? 0) > 1)
      ? 'ambiguous'
      : match,
  )
}

const findContradictory = <Attempt>(
  lines: readonly ResultLine[],
  found: readonly Found<Attempt>[],
): Set<Found<Attempt>> => {
  const first = new Map<Found<Attempt>, ResultLine>()
  const contradictory = new Set<Found<Attempt>>()
  for (const [at, line] of lines.entries()) {
    const match = found[at]
    if (match === undefined || typeof match === 'string') continue
    const other = first.get(match) ?? line
    first.set(match, other)
    const isSame =
      other.status === line.status &&
      other.bankReference === line.bankReference &&
      other.amountMinor === line.amountMinor
    if (!isSame || line.isContradictory) contradictory.add(match)
  }
  return contradictory
}

const decide = (
  line: ResultLine,
  attempt: KnownAttempt,
  { currency }: Pick<MatchInput, 'currency'>,
): MatchOutcome => {
  const isSameAmount = line.amountMinor === null || line.amountMinor === attempt.amountMinor
  if (!isSameAmount || attempt.currency !== currency) return 'changed-amount'
  // The ends alone: a spreadsheet takes zeros off the front.
  const [ours, theirs] = [attempt.accountLast4, line.accountLast4]
  if (ours !== null && theirs !== null && ours.toUpperCase() !== theirs) return 'changed-account'
  return TRANSITIONS[attempt.status][line.status]
}

/**
 * What a line does to an attempt, by the status of the attempt and then of the line. What is final
 * moves on to `returned` alone: money that settled may come back. A failed attempt has given the
 * money back, so that a bank that pays it later needs a person.
 */
const TRANSITIONS: Record<ResultStatus, Record<ResultStatus, MatchOutcome>> = {
  pending: {
    pending: 'unchanged',
    unknown: 'apply',
    settled: 'apply',
    failed: 'apply',
    returned: 'apply',
  },
  unknown: {
    pending: 'unchanged',
    unknown: 'unchanged',
    settled: 'apply',
    failed: 'apply',
    returned: 'apply',
  },
  settled: {
    pending: 'unchanged',
    unknown: 'conflict',
    settled: 'unchanged',
    failed: 'conflict',
    returned: 'apply',
  },
  failed: {
    pending: 'unchanged',
    unknown: 'conflict',
    settled: 'conflict',
    failed: 'unchanged',
    returned: 'unchanged',
  },
  returned: {
    pending: 'unchanged',
    unknown: 'conflict',
    settled: 'unchanged',
    failed: 'unchanged',
    returned: 'unchanged',
  },
}

const countOutcomes = (lines: readonly MatchedLine[]): Record<MatchOutcome, number> => {
  const counts = Object.fromEntries(MATCH_OUTCOMES.map((outcome) => [outcome, 0])) as Record<
    MatchOutcome,
    number
  >
  for (const { outcome } of lines) counts[outcome] += 1
  return counts
}
