import { countOf } from '../../../../src/admin/format/counts.ts'

/** A line of a bank's answer, as `POST /api/payout-batches/preview-results` lists it. */
export type ListedLine = {
  line: number
  attempt: string | null
  withdrawal: string | null
  batch: string | null
  amountMinor: number | null
  status: string | null
  outcome: string
  code: string
  message: string
}
/** The answer of the preview. Amounts are minor units of `currency`, by what the bank states. */
export type ResultPreview = {
  counts: Record<string, number>
  amounts: Record<string, { count: number; minor: number }>
  currency: string
  lines: ListedLine[]
  batches: number
}
export type ImportedResults = { counts: Record<string, number> }

/** The lines by what they change, the ones that change something first. */
export const OUTCOME_LABELS: Record<string, string> = {
  apply: 'change a payment',
  'paid-late': 'report a payment whose money had gone back: answer it in “Paid late”',
  unchanged: 'state nothing new',
  unknown: 'name no payment of ours',
  'changed-amount': 'state another amount',
  'changed-account': 'state another account',
  ambiguous: 'fit several payments',
  'other-batch': 'are of another bank file',
  contradictory: 'contradict each other',
  conflict: 'deny what is known as final',
  refused: 'cannot be read',
}

/** @example describeImported({ counts: { apply: 2, unknown: 1 } }) // '2 payments changed. 1 line changed nothing.' */
export const describeImported = ({ counts }: ImportedResults): string => {
  const { apply = 0, ...others } = counts
  const rest = Object.values(others).reduce((sum, count) => sum + count, 0)
  const changed = `${countOf(apply, 'payment')} changed.`
  return rest > 0 ? `${changed} ${countOf(rest, 'line')} changed nothing.` : changed
}
