import type { UnattributedRow } from '../../../../src/cashback/attribution/listUnattributed.ts'
import { mergeDecidedRows } from './mergeDecidedRows.ts'
import type { Outcome } from './useAssignments.ts'

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
