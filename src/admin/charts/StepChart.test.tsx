import { renderToStaticMarkup } from 'react-dom/server'

import { StepChart } from './StepChart.tsx'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 1, hour))
const pathsOf = (points: { at: Date; value: number }[]) =>
  [
    ...renderToStaticMarkup(
      <StepChart end={at(10)} points={points} sentence="The balance." />,
    ).matchAll(/ d="([^"]+)"/g),
  ].map(([, path]) => path)

describe('StepChart', () => {
  it('draws a horizontal line until the balance changes, and on to the end', () => {
    const [area, line] = pathsOf([
      { at: at(0), value: 50 },
      { at: at(5), value: 100 },
    ])
    expect(line).toBe('M0 50 H500.0 V0 H1000')
    expect(area).toBe('M0 50 H500.0 V0 H1000 V100 H0 Z')
  })

  it('fills a negative balance down from zero', () => {
    const [area] = pathsOf([
      { at: at(0), value: 100 },
      { at: at(5), value: -100 },
    ])
    expect(area).toBe('M0 0 H500.0 V100 H1000 V50 H0 Z')
  })

  it('draws no NaN or Infinity', () => {
    expect(pathsOf([{ at: at(10), value: 0 }]).join()).not.toMatch(/NaN|Infinity/)
  })
})
