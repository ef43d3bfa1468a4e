import { describeMove } from './describeMove.ts'
import { explainWithdrawal, type ExplainedWithdrawal } from './explainWithdrawal.ts'
import { WITHDRAWAL_STATUSES } from './withdrawalStates.ts'

const withdrawal: ExplainedWithdrawal = {
  reference: 'W-7K3M9Q2PXA',
  status: 'sent',
  grossMinor: 100_000,
  feeMinor: 0,
  deductionMinor: 0,
  netMinor: 100_000,
  currency: 'INR',
  method: '•••• 4567',
  reason: null,
  advice: null,
}

describe('a withdrawal', () => {
  it.each<[string, Partial<ExplainedWithdrawal>, string]>([
    [
      'without fee and deduction',
      {},
      'Withdrawal W-7K3M9Q2PXA of ₹1,000.00 to •••• 4567. It is on its way.',
    ],
    [
      'with both',
      { feeMinor: 500, deductionMinor: 10_000, netMinor: 89_500, status: 'settled' },
      'Withdrawal W-7K3M9Q2PXA of ₹1,000.00, less a fee of ₹5.00 and a deduction of ₹100.00, is ₹895.00 to •••• 4567. It was paid.',
    ],
    [
      'that failed, with its reason and what to do',
      { status: 'failed', reason: 'The account is closed.', advice: 'Add another account.' },
      'Withdrawal W-7K3M9Q2PXA of ₹1,000.00 to •••• 4567. The payment failed, and the amount is back in the wallet: The account is closed. Add another account.',
    ],
  ])('%s is explained', (_case, over, text) => {
    expect(explainWithdrawal({ ...withdrawal, ...over })).toBe(text)
  })

  it('is explained in every status', () => {
    const texts = WITHDRAWAL_STATUSES.map((status) => explainWithdrawal({ ...withdrawal, status }))
    expect(new Set(texts).size).toBe(WITHDRAWAL_STATUSES.length)
  })
})

it.each([
  ['withdrawal', 'sent', 'Withdrawal W-1 requested'],
  ['withdrawal-release', 'cancelled', 'Withdrawal W-1 cancelled'],
  ['withdrawal-release', 'rejected', 'Withdrawal W-1 rejected, and the money is back'],
  ['withdrawal-release', 'failed', 'Withdrawal W-1 failed, and the money is back'],
  ['withdrawal-release', 'returned', 'Withdrawal W-1 returned by the bank'],
  ['withdrawal-release', 'settled', 'Withdrawal W-1 given back'],
  ['payout', 'settled', 'Withdrawal W-1 sent to the bank'],
  ['payout-fee', 'settled', 'Fee of withdrawal W-1'],
  ['tax', 'settled', 'Deduction of withdrawal W-1'],
  ['payout-return', 'returned', 'Withdrawal W-1 came back'],
  ['payout-late', 'settled', 'Withdrawal W-1 was paid after all'],
] as const)(
  'a transfer of kind %s of a withdrawal that is %s is named "%s"',
  (kind, status, text) => {
    expect(describeMove({ kind, reference: 'W-1', status })).toBe(text)
  },
)
