import type { DeskRow } from './loadDeskRows.ts'

type Stopped = Pick<
  DeskRow,
  | 'attempt'
  | 'bankProfile'
  | 'driver'
  | 'frozenReason'
  | 'isNegative'
  | 'isPaidLate'
  | 'nextAttemptAt'
  | 'reviewReason'
>
/** Why an approved withdrawal is not paid yet. */
export type PayState = { isStopped: boolean; text: string }

/**
 * Describes when an approved withdrawal is paid, or why it is not.
 *
 * @param drivers the drivers that are set up
 */
export const describePayment = (
  row: Stopped,
  { drivers, now }: { drivers: readonly string[]; now: Date },
): PayState => {
  const stopped = (text: string): PayState => ({ isStopped: true, text })
  if (row.isPaidLate) return stopped('An earlier attempt was reported as paid: answer that first')
  if (row.frozenReason !== null) return stopped(`Wallet frozen: ${row.frozenReason}`)
  if (row.isNegative) return stopped('A wallet of the member is below zero')
  if (row.reviewReason !== null) return stopped(`Member under review: ${row.reviewReason}`)
  if (row.driver === 'bank-file') {
    return { isStopped: false, text: `Waits for a bank file (${row.bankProfile ?? 'no profile'})` }
  }
  if (!drivers.includes(row.driver)) return stopped(`${row.driver} is not set up`)
  if (row.nextAttemptAt === null || new Date(row.nextAttemptAt) <= now) {
    return { isStopped: false, text: 'Paid in the next run' }
  }
  return describeRetry(row)
}

const describeRetry = ({ attempt }: Stopped): PayState => {
  const words = attempt?.detail ?? attempt?.code ?? 'no reason given'
  return attempt?.remedy === 'operator'
    ? { isStopped: true, text: `Our balance or set-up: ${words}` }
    : { isStopped: false, text: `Tried again: ${words}` }
}
