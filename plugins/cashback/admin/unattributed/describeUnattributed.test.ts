import { describeAssignment, formatListNote, explainNoDecision } from './describeUnattributed.ts'

it('the note gives the open amount in every currency', () => {
  const sums = [
    { currency: 'INR', amountMinor: 11_294_600 },
    { currency: 'USD', amountMinor: 5_00 },
  ]
  expect(formatListNote({ total: 38, strong: 11, sums, rows: [] })).toBe(
    '38 open, ₹1,12,946.00, $5.00 · 11 score above 80 · best first',
  )
})

const INR = { currency: 'INR', creditedMinor: 0 }
it.each([
  [null, 'Assigned'],
  [{ ...INR, status: 'pending', amountMinor: 47_475 }, 'Assigned, ₹474.75 pending'],
  [
    { ...INR, status: 'approved', amountMinor: 47_475, creditedMinor: 47_475 },
    'Assigned, ₹474.75 in the wallet',
  ],
])('an assignment that created %j reads: %s', (cashback, text) => {
  expect(describeAssignment(cashback)).toBe(text)
})

describe('the second person', () => {
  const pending = {
    id: '1',
    member: 'm',
    memberName: null,
    requestedBy: 'r',
    requestedByName: null,
    createdAt: '',
  }
  const viewer = { id: 'v', mayAct: true, isAdmin: false }
  it.each([
    [viewer, null],
    [{ ...viewer, id: 'r' }, 'You requested this. Another person must decide.'],
    [{ ...viewer, id: 'm' }, 'This is for you. Another person must decide.'],
    [{ ...viewer, mayAct: false }, 'Ask finance'],
  ])('%j may not decide because: %s', (who, text) => {
    expect(explainNoDecision(pending, who)).toBe(text)
  })
})
