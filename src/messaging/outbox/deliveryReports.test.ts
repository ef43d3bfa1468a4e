import { findLeadingReport } from './deliveryReports.ts'

const report = (status: 'bounced' | 'delivered' | 'failed' | 'sent', name: string = status) => ({
  status,
  name,
})

describe('findLeadingReport', () => {
  const [sent, delivered, bounced] = [report('sent'), report('delivered'), report('bounced')]

  it.each([
    [[sent, delivered], delivered],
    [[delivered, sent], delivered],
    [[sent, delivered, bounced], bounced],
    [[bounced, delivered, sent], bounced],
    [[sent], sent],
  ] as const)('returns the furthest report in any order: %j', (reports, leading) => {
    expect(findLeadingReport(reports)).toBe(leading)
  })

  it('returns the first of equal reports', () => {
    const first = report('failed', 'first')
    expect(findLeadingReport([sent, first, bounced])).toBe(first)
  })
})
