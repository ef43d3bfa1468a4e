import { windowsOf } from './windowsOf.ts'

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

it('a network that tells changes is asked for new and for changed ones, with an overlap', () => {
  const from = new Date('2026-11-18T01:30:00Z')
  expect(windowsOf(cursors)).toEqual([
    { by: 'event', from, to: now },
    { by: 'change', from, to: now },
  ])
})

it('one that does not is read again as far back as states change, in slices without a gap', () => {
  const windows = windowsOf({
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

it('the first run reads everything whose state may still change', () => {
  const [event, ...rest] = windowsOf({ ...cursors, eventWatermark: null, changeWatermark: null })
  expect(event?.from).toEqual(new Date('2026-08-23T02:00:00Z'))
  expect(rest.at(-1)).toMatchObject({ by: 'change', to: now })
})

it('a window that was asked for is that window', () => {
  const asked = { from: new Date('2026-10-01T00:00:00Z'), to: new Date('2026-10-02T00:00:00Z') }
  expect(windowsOf({ ...cursors, asked })).toEqual([{ ...asked, by: 'event' }])
})
