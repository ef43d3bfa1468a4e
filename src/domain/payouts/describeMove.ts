import type { WithdrawalStatus } from './withdrawalStates.ts'

/** A transfer of a withdrawal, and how the withdrawal stands now. */
export type WithdrawalMove = { kind: string; reference: string; status: WithdrawalStatus }

/**
 * Names a transfer of a withdrawal for statements, to its member and to the staff.
 *
 * @example describeMove({ kind: 'withdrawal', reference: 'W-7K3M9Q2PXA', status: 'sent' }) // 'Withdrawal W-7K3M9Q2PXA requested'
 */
export const describeMove = ({ kind, reference, status }: WithdrawalMove): string => {
  const withdrawal = `Withdrawal ${reference}`
  switch (kind) {
    case 'withdrawal':
      return `${withdrawal} requested`
    case 'withdrawal-release':
      return `${withdrawal} ${RELEASED[status] ?? 'given back'}`
    case 'payout':
      return `${withdrawal} sent to the bank`
    case 'payout-fee':
      return `Fee of withdrawal ${reference}`
    case 'tax':
      return `Deduction of withdrawal ${reference}`
    case 'payout-return':
      return `${withdrawal} came back`
    case 'payout-late':
      return `${withdrawal} was paid after all`
    default:
      return withdrawal
  }
}

const RELEASED: Partial<Record<WithdrawalStatus, string>> = {
  cancelled: 'cancelled',
  failed: 'failed, and the money is back',
  rejected: 'rejected, and the money is back',
  returned: 'returned by the bank',
}
