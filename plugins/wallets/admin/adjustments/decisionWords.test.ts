import { approvalWords, type Asked, rejectionWords } from './decisionWords.ts'

const asked = (over: Partial<Asked> = {}): Asked => ({
  amountMinor: 650_000,
  currency: 'INR',
  effect: 'credit',
  member: 'Ananya Iyer',
  drift: null,
  ...over,
})

describe('the words before a decision', () => {
  it.each([
    ['credit', 'Pay ₹6,500.00 to Ananya Iyer?', 'Adds ₹6,500.00 to', 'Approve +₹6,500.00'],
    ['debit', 'Take ₹6,500.00 from Ananya Iyer?', 'Takes ₹6,500.00 out of', 'Approve −₹6,500.00'],
  ] as const)('of a %s name the amount and the member', (effect, heading, text, confirmLabel) => {
    expect(approvalWords(asked({ effect }))).toMatchObject({
      heading,
      confirmLabel,
      text: expect.stringContaining(`${text} the available balance of Ananya Iyer`),
    })
  })

  it('of a rebuild say what it was and will be, and that nothing is posted', () => {
    const drift = { storedMinor: 99, sumMinor: 10_000 }
    const { text } = approvalWords(asked({ effect: 'rebuild', amountMinor: 0, drift }))
    expect(text).toContain('Sets the stored INR balance of Ananya Iyer back')
    expect(text).toContain('from ₹0.99 to ₹100.00')
    expect(text).toContain('Posts nothing')
  })

  it('of a rebuild that would change nothing say so', () => {
    const drift = { storedMinor: 10_000, sumMinor: 10_000 }
    expect(approvalWords(asked({ effect: 'rebuild', amountMinor: 0, drift })).text).toContain(
      'back to the sum of its transfers; both are ₹100.00 now.',
    )
  })

  it('of a rebuild without a wallet invent no amounts', () => {
    expect(approvalWords(asked({ effect: 'rebuild', amountMinor: 0 })).text).not.toContain('₹')
  })

  it('of a rejection promise that nothing moves', () => {
    expect(rejectionWords(asked()).text).toMatch(/^Moves nothing: the balance of Ananya Iyer/)
  })
})
