import { parseDaysQuery } from './parseDaysQuery.ts'

describe('the period of the reconciliation view', () => {
  const now = new Date('2026-03-31T20:00:00Z')
  const id = '0192f0c1-0000-7000-8000-000000000001'

  it('is the last 30 days including today when the URL names none', () => {
    expect(parseDaysQuery({}, now)).toMatchObject({
      from: new Date('2026-03-02'),
      to: new Date('2026-04-01'),
      network: undefined,
      typed: { from: '2026-03-02', to: '2026-03-31', network: '' },
      problem: null,
    })
  })

  it('is that of the URL, with both days inclusive', () => {
    expect(
      parseDaysQuery({ from: '2026-01-01', to: '2026-01-31', network: id }, now),
    ).toMatchObject({
      from: new Date('2026-01-01'),
      to: new Date('2026-02-01'),
      network: id,
    })
  })

  it.each([{ from: 'soon' }, { from: '2026-02-02', to: '2026-02-01' }, { from: '2020-01-01' }])(
    'is the last 30 days with a problem text when %j is invalid',
    (query) => {
      const parsed = parseDaysQuery({ ...query, network: ["'"] }, now)
      expect(parsed).toMatchObject({ from: new Date('2026-03-02'), network: undefined })
      expect(parsed.problem).toEqual(expect.any(String))
      expect(parsed.typed.from).toBe(query.from)
    },
  )
})
