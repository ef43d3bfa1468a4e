import { explainCashback, type ToldCashback } from './explainCashback.ts'

const told: ToldCashback = {
  status: 'approved',
  merchantName: 'Vayu Electronics',
  amountMinor: 8_747,
  creditedMinor: 8_747,
  currency: 'INR',
  rate: { basis: 'commission', rateBps: 7_000 },
  grant: null,
  sale: {
    status: 'approved',
    rawStatus: 'approved',
    saleMinor: 249_900,
    commissionMinor: 12_495,
    returnedMinor: 0,
    comment: null,
  },
}
const staff = { is: 'staff', memberName: 'Harsh Vaidya', networkName: 'Admitad' } as const
const member = { is: 'member' } as const

describe('the words of cashback', () => {
  it('name the answer first, then the network’s word and the arithmetic, to the staff', () => {
    expect(explainCashback(told, staff)).toBe(
      'Harsh Vaidya was credited ₹87.47: Admitad says “approved”. 70.00 % of the commission of ₹124.95 makes ₹87.47.',
    )
  })

  it('never speak of networks, commissions or states to the member', () => {
    const statuses = ['pending', 'approved', 'paid', 'declined', 'reversed'] as const
    for (const status of statuses) {
      const words = explainCashback({ ...told, status }, member)
      expect(words).toContain('Vayu Electronics')
      expect(words).not.toMatch(/admitad|network|commission|124\.95|clawback|ledger/i)
    }
  })

  it('say what is still to come of what was approved by age', () => {
    const early: ToldCashback = {
      ...told,
      creditedMinor: 5_000,
      grant: { capMinor: 5_000 },
      sale: { ...told.sale, status: 'pending', rawStatus: 'hold' },
    }
    expect(explainCashback(early, member)).toBe(
      '₹50.00 was credited for your order at Vayu Electronics, and ₹37.47 follows once the shop confirms it.',
    )
    expect(explainCashback(early, staff)).toContain(
      'approved by age, up to ₹50.00, while Admitad says “hold”',
    )
  })

  it('take returns off the commission, and speak of a part of the sale where that is the rate', () => {
    const returned = { ...told, sale: { ...told.sale, returnedMinor: -2_495 } }
    expect(explainCashback(returned, staff)).toContain(
      'commission of ₹124.95 less ₹24.95 for returns',
    )
    const ofSale: ToldCashback = { ...told, rate: { basis: 'sale', rateBps: 350 } }
    expect(explainCashback(ofSale, staff)).toContain('3.50 % of the sale of ₹2,499.00')
  })
})
