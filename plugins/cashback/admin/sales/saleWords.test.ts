import { rangeWords } from '../../../../src/admin/format/rangeWords.ts'
import type { UnattributedRow } from '../../../../src/cashback/attribution/listUnattributed.ts'
import { rowsToShow } from './rowsToShow.ts'
import { assignedWords, listNote, whyNotDecide } from './saleWords.ts'
import type { Outcome } from './useUnattributed.ts'

it('says how much waits, in every currency', () => {
  const sums = [
    { currency: 'INR', amountMinor: 11_294_600 },
    { currency: 'USD', amountMinor: 5_00 },
  ]
  expect(listNote({ total: 38, strong: 11, sums, rows: [] })).toBe(
    '38 open, ₹1,12,946.00, $5.00 · 11 score above 80 · best first',
  )
})

it.each([
  [1, 20, 38, '1–20 of 38'],
  [2, 20, 38, '21–38 of 38'],
  [3, 20, 38, 'None of 38'],
  [3, 20, 41, '41 of 41'],
])('page %i of %i rows each, of %i, is %s', (page, limit, total, words) => {
  expect(rangeWords({ page, limit, total })).toBe(words)
})

const INR = { currency: 'INR', creditedMinor: 0 }
it.each([
  [null, 'Assigned'],
  [{ ...INR, status: 'pending', amountMinor: 47_475 }, 'Assigned, ₹474.75 pending'],
  [
    { ...INR, status: 'approved', amountMinor: 47_475, creditedMinor: 47_475 },
    'Assigned, ₹474.75 in the wallet',
  ],
])('tells what followed of %j', (followed, words) => {
  expect(assignedWords(followed)).toBe(words)
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
    [{ ...viewer, id: 'r' }, 'You asked for it: somebody else decides.'],
    [{ ...viewer, id: 'm' }, 'It is for you: somebody else decides.'],
    [{ ...viewer, mayAct: false }, 'Ask finance'],
  ])('who is %j reads why not: %s', (who, words) => {
    expect(whyNotDecide(pending, who)).toBe(words)
  })
})

describe('a row that was decided', () => {
  const row = (id: string) => ({ transaction: { id } }) as UnattributedRow
  const outcome = (id: string, index: number): [string, Outcome] => [
    id,
    { row: row(id), index, words: '', isBad: false },
  ]
  const idsOf = (rows: UnattributedRow[]) => rows.map(({ transaction }) => transaction.id)

  it('stays where it stood, once it waits no more', () => {
    const outcomes = new Map([outcome('c', 2), outcome('a', 0)])
    expect(idsOf(rowsToShow([row('b'), row('d')], outcomes))).toEqual(['a', 'b', 'c', 'd'])
  })

  it('is not there twice while it still waits', () => {
    expect(idsOf(rowsToShow([row('a'), row('b')], new Map([outcome('b', 1)])))).toEqual(['a', 'b'])
  })
})
