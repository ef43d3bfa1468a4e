import { leadingReport } from './leadingReport.ts'

const report = (status: 'bounced' | 'delivered' | 'failed' | 'sent', name: string = status) => ({
  status,
  name,
})

describe('of several reports on one message', () => {
  const [sent, delivered, bounced] = [report('sent'), report('delivered'), report('bounced')]

  it.each([
    [[sent, delivered], delivered],
    [[delivered, sent], delivered],
    [[sent, delivered, bounced], bounced],
    [[bounced, delivered, sent], bounced],
    [[sent], sent],
  ] as const)('the furthest counts, in whatever order they came: %j', (reports, leading) => {
    expect(leadingReport(reports)).toBe(leading)
  })

  it('the first of equals counts', () => {
    const first = report('failed', 'first')
    expect(leadingReport([sent, first, bounced])).toBe(first)
  })
})
