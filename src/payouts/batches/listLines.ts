import type { ResultStatus } from '../bankFiles/resultLine.ts'
import type { FileMatch, LineOutcome } from './matchFile.ts'

/** A line of an answer as people read it and as it is stored: without account data. */
export type ListedLine = {
  line: number
  /** The key of the attempt, and the reference of its withdrawal and batch. */
  attempt: string | null
  withdrawal: string | null
  batch: string | null
  /** Minor units that we sent. */
  amountMinor: number | null
  /** Null for a line that could not be read. */
  status: ResultStatus | null
  outcome: LineOutcome
  code: string
  message: string
}

/** Lists the lines of an answer in the order of the file: first those that change nothing. */
export const listLines = ({ lines, refused }: FileMatch): ListedLine[] => {
  const listed = lines.map(({ attempt, line, outcome }): ListedLine => ({
    line: line.line,
    attempt: attempt?.key ?? null,
    withdrawal: attempt?.reference ?? null,
    batch: attempt?.batchReference ?? null,
    amountMinor: attempt?.amountMinor ?? null,
    status: line.status,
    outcome,
    code: `payout-file.${outcome}`,
    message: MESSAGES[outcome],
  }))
  const unread = refused.map(({ code, line, message }): ListedLine => ({
    line,
    attempt: null,
    withdrawal: null,
    batch: null,
    amountMinor: null,
    status: null,
    outcome: 'refused',
    code,
    message,
  }))
  const byLine = (a: ListedLine, b: ListedLine): number => a.line - b.line
  const isApplied = ({ outcome }: ListedLine): boolean => outcome === 'apply'
  const left = [...listed.filter((line) => !isApplied(line)), ...unread].sort(byLine)
  return [...left, ...listed.filter(isApplied)]
}

const MESSAGES: Record<Exclude<LineOutcome, 'refused'>, string> = {
  apply: 'The payment takes this status.',
  unchanged: 'It states nothing new.',
  unknown: 'It names no payment of ours.',
  'changed-amount': 'The bank states another amount than was sent.',
  'changed-account': 'The bank states another account than was sent.',
  ambiguous: 'Without our reference it fits several payments, or several lines fit one.',
  'other-batch': 'The payment is of another batch.',
  contradictory: 'Lines of the file state two things of this payment.',
  conflict: 'It denies what is known as final.',
  'paid-late': 'The bank paid what had failed before. A person answers it.',
}
