import { findOldestListed, splitWindow } from './planWindows.ts'

const now = new Date('2026-11-21T02:00:00Z')
const capabilities = {
  hasChangeFilter: true,
  maxWindowDays: 31,
  rescanDays: 90,
  maxClickIdLength: 30,
  requestsPerMinute: null,
}
const cursors = {
  capabilities,
  eventWatermark: new Date('2026-11-20T01:30:00Z'),
  changeWatermark: new Date('2026-11-20T01:30:00Z'),
  overlapHours: 48,
  now,
}

it('with a change filter, new and changed transactions are read, with an overlap', () => {
  const from = new Date('2026-11-18T01:30:00Z')
  expect(splitWindow(cursors)).toEqual([
    { by: 'event', from, to: now },
    { by: 'change', from, to: now },
  ])
})

it('without a change filter, the time in which a status may change is read again, in slices without a gap', () => {
  const windows = splitWindow({
    ...cursors,
    capabilities: { ...capabilities, hasChangeFilter: false },
  })
  expect(windows).toHaveLength(3)
  expect(windows.map(({ by }) => by)).toEqual(['event', 'event', 'event'])
  expect(windows[0]?.from).toEqual(new Date('2026-08-23T02:00:00Z'))
  expect(windows.at(-1)?.to).toEqual(now)
  for (const [index, { from }] of windows.slice(1).entries()) {
    expect(from).toEqual(windows[index]?.to)
  }
})

it('the first run reads everything that may still change', () => {
  const [event, ...rest] = splitWindow({ ...cursors, eventWatermark: null, changeWatermark: null })
  expect(event?.from).toEqual(new Date('2026-08-23T02:00:00Z'))
  expect(rest.at(-1)).toMatchObject({ by: 'change', to: now })
})

it('a chosen window is read unchanged', () => {
  const chosenWindow = {
    from: new Date('2026-10-01T00:00:00Z'),
    to: new Date('2026-10-02T00:00:00Z'),
  }
  expect(splitWindow({ ...cursors, chosenWindow })).toEqual([{ ...chosenWindow, by: 'event' }])
})

describe('the oldest order that is still listed after the lag', () => {
  it('is a week and the overlap younger than the rescanned days without a change filter', () => {
    const listed = findOldestListed({ ...capabilities, hasChangeFilter: false }, cursors)
    expect(listed).toEqual(new Date('2026-09-01T02:00:00Z'))
  })

  it('has no limit with a change filter: its change is listed', () => {
    expect(findOldestListed(capabilities, cursors)).toBeNull()
  })
})
