import { clickWindow, requireClaimable } from './claimWindow.ts'
import type { DomainError } from '../errors.ts'

const ordered = new Date('2026-11-01T10:00:00Z')
const times = { claimAfterHours: 72, claimWithinDays: 30 }
const refusalAt = (at: string): string | null => {
  try {
    requireClaimable(ordered, times, new Date(at))
    return null
  } catch (error) {
    return (error as DomainError).code
  }
}

describe('an order in a claim', () => {
  it.each([
    ['2026-10-31T10:00:00Z', 'claim.too-early'],
    ['2026-11-04T09:59:59Z', 'claim.too-early'],
    ['2026-12-01T10:00:01Z', 'claim.too-late'],
  ])('cannot be claimed at %s: %s', (at, code) => {
    expect(refusalAt(at)).toBe(code)
  })

  it.each(['2026-11-04T10:00:00Z', '2026-12-01T10:00:00Z'])('can be claimed at %s', (at) => {
    expect(refusalAt(at)).toBeNull()
  })

  it('can come from clicks of the 30 days before and of the day after', () => {
    expect(clickWindow(ordered)).toEqual({
      from: new Date('2026-10-02T10:00:00Z'),
      to: new Date('2026-11-02T10:00:00Z'),
    })
  })
})
