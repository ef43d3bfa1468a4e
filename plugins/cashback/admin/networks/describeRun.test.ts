import type { RecentRun } from '../../../../src/cashback/ingestion/overview/listRecentRuns.ts'
import { describeRunResult, formatDuration, formatRunNote, formatWindow } from './describeRun.ts'

const buildRun = (over: Partial<RecentRun> = {}): RecentRun => ({
  id: '1',
  network: 'CueLinks',
  status: 'completed',
  windowBy: 'event',
  windowFrom: '2026-11-15T18:30:00Z',
  windowTo: '2026-11-20T09:00:00Z',
  startedAt: '2026-11-20T02:00:00Z',
  endedAt: '2026-11-20T02:00:06.140Z',
  pages: 1,
  rows: 1,
  created: 0,
  changed: 0,
  unattributed: 0,
  quarantined: 0,
  errorCode: null,
  error: null,
  request: null,
  ...over,
})

it.each([
  [{}, 'completed', 'Done', ''],
  [{ quarantined: 3 }, 'partly', 'Partly', '3 rows quarantined'],
  [{ status: 'failed', error: 'It answered 401' }, 'failed', 'Failed', 'It answered 401'],
  [
    { request: { by: 'Meera Nair', mode: 'fetch', note: 'late approvals' } },
    'completed',
    'Done',
    'By Meera Nair: late approvals',
  ],
  [
    { request: { by: null, mode: 'replay', note: null } },
    'completed',
    'Done',
    'Replay by the command line',
  ],
] as const)('a run with %j shows its result and its note', (over, status, word, note) => {
  const run = buildRun(over)
  expect(describeRunResult(run)).toEqual({ status, word })
  expect(formatRunNote(run)).toBe(note)
})

it.each([
  ['2026-11-20T02:00:06.140Z', '6.1 s'],
  ['2026-11-20T02:01:48Z', '1 min 48 s'],
  [null, '—'],
])('a run that ended at %s took %s', (end, text) => {
  expect(formatDuration('2026-11-20T02:00:00Z', end)).toBe(text)
})

it('a window is written in days of the person’s zone, with an exclusive end', () => {
  const { windowFrom, windowTo } = buildRun()
  expect(formatWindow(windowFrom, windowTo, 'Asia/Kolkata')).toBe('16 – 20 Nov')
  expect(formatWindow(windowFrom, windowTo, 'UTC')).toBe('15 – 20 Nov')
  expect(formatWindow('2026-11-15T18:30:00Z', '2026-11-16T18:30:00Z', 'Asia/Kolkata')).toBe(
    '16 Nov',
  )
})
