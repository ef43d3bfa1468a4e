import { formatRange } from '../../../../src/admin/format/formatRange.ts'
import type { UnattributedRow } from '../../../../src/cashback/attribution/listUnattributed.ts'
import { mergeDecidedRows } from './mergeDecidedRows.ts'
import { describeAssignment, formatListNote, explainNoDecision } from './describeUnattributed.ts'
import type { Outcome } from './useAssignments.ts'

it('the note gives the open amount in every currency', () => {
  const sums = [
    { currency: 'INR', amountMinor: 11_294_600 },
    { currency: 'USD', amountMinor: 5_00 },
  ]
  expect(formatListNote({ total: 38, strong: 11, sums, rows: [] })).toBe(
    '38 open, ₹1,12,946.00, $5.00 · 11 score above 80 · best first',
  )
})

it.each([
  [1, 20, 38, '1–20 of 38'],
  [2, 20, 38, '21–38 of 38'],
  [3, 20, 38, 'None of 38'],
  [3, 20, 41, '41 of 41'],
])('page %i with %i rows of %i shows %s', (page, limit, total, text) => {
  expect(formatRange({ page, limit, total })).toBe(text)
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

describe('a row that was decided', () => {
  const row = (id: string) => ({ transaction: { id } }) as UnattributedRow
  const outcome = (id: string, index: number): [string, Outcome] => [
    id,
    { row: row(id), index, text: '', isBad: false },
  ]
  const idsOf = (rows: UnattributedRow[]) => rows.map(({ transaction }) => transaction.id)

  it('keeps its place when it is no longer open', () => {
    const outcomes = new Map([outcome('c', 2), outcome('a', 0)])
    expect(idsOf(mergeDecidedRows([row('b'), row('d')], outcomes))).toEqual(['a', 'b', 'c', 'd'])
  })

  it('is not listed twice while it is still open', () => {
    expect(idsOf(mergeDecidedRows([row('a'), row('b')], new Map([outcome('b', 1)])))).toEqual([
      'a',
      'b',
    ])
  })
})
