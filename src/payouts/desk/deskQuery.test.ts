import { formatDeskQuery, parseDeskQuery } from './deskQuery.ts'

const ID = '01890a5d-ac96-774b-bcce-b302099a8057'

describe('the query of the desk', () => {
  it.each([
    [{}, { tab: 'waiting', page: 1, open: null, currency: null, kind: null, text: '' }],
    [
      { tab: 'sent', page: '3', currency: 'inr', kind: 'upi' },
      { tab: 'sent', page: 3, currency: 'INR', kind: 'upi' },
    ],
    [
      { tab: 'x', page: '-1', currency: 'XXXX', kind: 'cash', open: 'x' },
      { tab: 'waiting', page: 1, currency: null, kind: null, open: null },
    ],
    [
      { page: ['1', '2'], text: ['a'] },
      { page: 1, text: '' },
    ],
    [
      { text: `  ${'a'.repeat(200)}`, page: '99999999' },
      { text: 'a'.repeat(100), page: 1_000 },
    ],
    [{ open: ID.toUpperCase() }, { open: ID }],
  ])('%j is read as %j', (query, expected) => {
    expect(parseDeskQuery(query)).toMatchObject(expected)
  })

  it('is written without defaults, and read back', () => {
    const query = parseDeskQuery({ tab: 'done', text: 'a & b', page: '2', open: ID })
    const text = formatDeskQuery(query)
    expect(formatDeskQuery(parseDeskQuery({}))).toBe('')
    expect(parseDeskQuery(Object.fromEntries(new URLSearchParams(text)))).toEqual(query)
  })

  it('another tab or filter begins at the first page, without a withdrawal in detail', () => {
    const query = parseDeskQuery({ page: '2', open: ID, currency: 'INR' })
    expect(formatDeskQuery(query, { tab: 'sent' })).toBe('?tab=sent&currency=INR')
    expect(formatDeskQuery(query, { open: null })).toBe('?currency=INR&page=2')
  })
})
