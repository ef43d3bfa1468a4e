import { describeApproval, type PendingAdjustment, describeRejection } from './describeDecision.ts'

const adjustment = (over: Partial<PendingAdjustment> = {}): PendingAdjustment => ({
  amountMinor: 650_000,
  currency: 'INR',
  effect: 'credit',
  member: 'Ananya Iyer',
  drift: null,
  ...over,
})

describe('the dialog before a decision', () => {
  it.each([
    ['credit', 'Pay ₹6,500.00 to Ananya Iyer?', 'Adds ₹6,500.00 to', 'Approve +₹6,500.00'],
    ['debit', 'Take ₹6,500.00 from Ananya Iyer?', 'Takes ₹6,500.00 out of', 'Approve −₹6,500.00'],
  ] as const)(
    'for a %s names the amount and the member',
    (effect, heading, start, confirmLabel) => {
      expect(describeApproval(adjustment({ effect }))).toMatchObject({
        heading,
        confirmLabel,
        body: expect.stringContaining(`${start} the available balance of Ananya Iyer`),
      })
    },
  )

  it('for a rebuild shows the old and the new balance, and that nothing is posted', () => {
    const drift = { storedMinor: 99, sumMinor: 10_000 }
    const { body } = describeApproval(adjustment({ effect: 'rebuild', amountMinor: 0, drift }))
    expect(body).toContain('Sets the stored INR balance of Ananya Iyer back')
    expect(body).toContain('from ₹0.99 to ₹100.00')
    expect(body).toContain('Posts nothing')
  })

  it('for a rebuild without drift shows that both amounts are equal', () => {
    const drift = { storedMinor: 10_000, sumMinor: 10_000 }
    expect(
      describeApproval(adjustment({ effect: 'rebuild', amountMinor: 0, drift })).body,
    ).toContain('back to the sum of its transfers; both are ₹100.00 now.')
  })

  it('for a rebuild without a wallet shows no amounts', () => {
    expect(describeApproval(adjustment({ effect: 'rebuild', amountMinor: 0 })).body).not.toContain(
      '₹',
    )
  })

  it('for a rejection states that no money moves', () => {
    expect(describeRejection(adjustment()).body).toMatch(
      /^No money moves: the balance of Ananya Iyer/,
    )
  })
})
