import { describeSchedule, findNextRun } from './jobStates.ts'

const at = (text: string) => new Date(text)

describe('a schedule', () => {
  it.each([
    ['0 2 * * *', '2026-11-20T09:05:00Z', '2026-11-21T02:00:00.000Z'],
    ['*/15 * * * *', '2026-11-20T09:05:00Z', '2026-11-20T09:15:00.000Z'],
    ['*/15 * * * *', '2026-11-20T09:15:00Z', '2026-11-20T09:30:00.000Z'],
    ['0 1 * * 0', '2026-11-20T09:05:00Z', '2026-11-22T01:00:00.000Z'],
  ])('%s is due after %s at %s, in UTC', (schedule, now, next) => {
    expect(findNextRun(schedule, at(now))?.toISOString()).toBe(next)
  })

  it('that is never due has no next run', () => {
    expect(findNextRun('0 0 30 2 *', at('2026-11-20T09:05:00Z'))).toBeNull()
  })

  it.each([
    ['0 2 * * *', 'At 02:00 UTC'],
    ['0 1 * * 0', 'At 01:00, only on Sunday UTC'],
    ['*/15 * * * *', 'Every 15 minutes'],
    ['* * * * *', 'Every minute'],
  ])('%s is described as: %s', (schedule, text) => {
    expect(describeSchedule(schedule)).toBe(text)
  })
})
