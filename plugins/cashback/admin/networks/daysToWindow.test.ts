import { daysToWindow } from './daysToWindow.ts'

describe('daysToWindow', () => {
  const AT = '2026-11-20T09:05:00Z'
  const home = { now: AT, timeZone: 'Asia/Kolkata' }
  it('returns whole days of the person’s zone', () => {
    expect(daysToWindow({ from: '2026-10-01', to: '2026-10-31' }, home)).toEqual({
      from: '2026-09-30T18:30:00.000Z',
      to: '2026-10-31T18:30:00.000Z',
    })
    const summer = { now: AT, timeZone: 'America/New_York' }
    expect(daysToWindow({ from: '2026-03-08', to: '2026-03-08' }, summer)).toEqual({
      from: '2026-03-08T05:00:00.000Z',
      to: '2026-03-09T04:00:00.000Z',
    })
  })
  it('ends now at the latest', () => {
    expect(daysToWindow({ from: '2026-11-20', to: '2026-11-25' }, home)?.to).toBe(
      new Date(AT).toISOString(),
    )
  })
  it.each([
    { from: '', to: '2026-11-20' },
    { from: '2026-11-20', to: '2026-11-19' },
    { from: '2026-11-21', to: '2026-11-22' },
  ])('returns null for %j', (days) => {
    expect(daysToWindow(days, home)).toBeNull()
  })
})
