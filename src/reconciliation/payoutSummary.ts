import { type JudgedLine, type Verdict, VERDICTS } from '../domain/judgePayout.ts'

type VerdictSum = { verdict: Verdict; lines: number; amountMinor: number }

export type PayoutSummary = {
  lines: number
  matched: number
  totalMinor: number
  /** What they pay beyond what these lines should pay by our books; below zero: too little. */
  differenceMinor: number
  verdicts: VerdictSum[]
  /** Those that somebody should look at come first. */
  table: ShownLine[]
  /** How many lines the table leaves out. */
  leftOut: number
}
export type ShownLine = Pick<
  JudgedLine,
  'number' | 'externalId' | 'orderId' | 'amountMinor' | 'ourMinor' | 'verdict'
> & { sale: string | null }

const MOST_LINES = 500

/** A statement in figures, and its lines as far as they can be shown. Pure. */
export const payoutSummary = (lines: ShownLine[]): PayoutSummary => {
  const verdicts = VERDICTS.map((verdict) => {
    const own = lines.filter((line) => line.verdict === verdict)
    return { verdict, lines: own.length, amountMinor: sumOf(own) }
  })
  const due = lines.filter(({ verdict }) => verdict === 'matched' || verdict === 'differs')
  const totalMinor = sumOf(lines)
  const ours = due.reduce((sum, { ourMinor }) => sum + (ourMinor ?? 0), 0)
  const table = lines
    .toSorted((one, other) => rankOf(one) - rankOf(other) || one.number - other.number)
    .slice(0, MOST_LINES)
  return {
    lines: lines.length,
    matched: lines.filter(({ verdict }) => verdict === 'matched').length,
    totalMinor,
    differenceMinor: totalMinor - ours,
    verdicts,
    table,
    leftOut: lines.length - table.length,
  }
}

/** As stored and shown, without what was only needed to judge. */
export const shownLine = (line: JudgedLine): ShownLine => ({
  number: line.number,
  externalId: line.externalId,
  orderId: line.orderId,
  amountMinor: line.amountMinor,
  ourMinor: line.ourMinor,
  verdict: line.verdict,
  sale: line.sale?.id ?? null,
})

const rankOf = ({ verdict }: ShownLine): number => (verdict === 'matched' ? 1 : 0)

const sumOf = (lines: ShownLine[]): number =>
  lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
