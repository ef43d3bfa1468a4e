import { explainCashback, type ExplainedCashback } from './explainCashback.ts'

const cashback: ExplainedCashback = {
  status: 'approved',
  merchantName: 'Vayu Electronics',
  amountMinor: 8_747,
  creditedMinor: 8_747,
  currency: 'INR',
  rate: { basis: 'commission', rateBps: 7_000 },
  autoApproval: null,
  hold: null,
  transaction: {
    status: 'approved',
    rawStatus: 'approved',
    saleMinor: 249_900,
    commissionMinor: 12_495,
    reversedMinor: 0,
    comment: null,
  },
}
const staff = { is: 'staff', memberName: 'Harsh Vaidya', networkName: 'Admitad' } as const
const member = { is: 'member' } as const

describe('the explanation of cashback', () => {
  it('shows staff the result first, then the network’s status and the calculation', () => {
    expect(explainCashback(cashback, staff)).toBe(
      'Harsh Vaidya was credited ₹87.47: Admitad reports “approved”. 70.00 % of the commission of ₹124.95 makes ₹87.47.',
    )
  })

  it('never mentions networks or commissions to the member', () => {
    const statuses = ['pending', 'approved', 'paid', 'declined', 'reversed'] as const
    for (const status of statuses) {
      const words = explainCashback({ ...cashback, status }, member)
      expect(words).toContain('Vayu Electronics')
      expect(words).not.toMatch(/admitad|network|commission|124\.95|clawback|ledger/i)
    }
  })

  it('names the remaining amount after an automatic approval below the share', () => {
    const early: ExplainedCashback = {
      ...cashback,
      creditedMinor: 5_000,
      autoApproval: { capMinor: 5_000 },
      transaction: { ...cashback.transaction, status: 'pending', rawStatus: 'hold' },
    }
    expect(explainCashback(early, member)).toBe(
      '₹50.00 was credited for your order at Vayu Electronics, and ₹37.47 follows once the merchant confirms it.',
    )
    expect(explainCashback(early, staff)).toContain(
      'approved by age, up to ₹50.00, while Admitad reports “hold”',
    )
  })

  it('takes reversals off the commission, and names the transaction’s amount if the rate is a share of it', () => {
    const reversed = {
      ...cashback,
      transaction: { ...cashback.transaction, reversedMinor: -2_495 },
    }
    expect(explainCashback(reversed, staff)).toContain(
      'commission of ₹124.95 less ₹24.95 for reversals',
    )
    const ofSale: ExplainedCashback = { ...cashback, rate: { basis: 'sale', rateBps: 350 } }
    expect(explainCashback(ofSale, staff)).toContain('3.50 % of the transaction of ₹2,499.00')
  })

  it.each([
    ['held', 0, '₹87.47 for your order at Vayu Electronics is being checked'],
    ['held', 5_000, '₹37.47 is being checked'],
    ['rejected', 0, 'we could not confirm it'],
    ['rejected', 5_000, '₹50.00 was credited for your order at Vayu Electronics.'],
  ] as const)('%s above a credit of %d: the member reads “%s”', (status, creditedMinor, words) => {
    const held = { ...cashback, creditedMinor, hold: { status, fileImport: 'i1' } }
    expect(explainCashback(held, member)).toContain(words)
  })

  it.each([
    ['i1', 'held', '₹87.47 is held: import i1 waits for a second person'],
    ['i1', 'rejected', 'a second person rejected ₹87.47 (import i1)'],
    [null, 'held', '₹87.47 is held: its assignment grew, and waits for a second person'],
  ] as const)('of the cause %s, %s: staff read “%s”', (fileImport, status, words) => {
    const held = { ...cashback, creditedMinor: 0, hold: { status, fileImport } }
    expect(explainCashback(held, staff)).toContain(words)
  })
})
