import type { NetworkFigures } from './loadOverview.ts'
import type { RecentRun } from '../../../../src/cashback/ingestion/overview/listRecentRuns.ts'
import { daysToWindow } from './daysToWindow.ts'
import {
  measureAge,
  sortByAttention,
  classifyFreshness,
  formatHeadline,
  describeKey,
  formatShortAge,
} from './describeNetwork.ts'
import { formatRunNote, describeRunResult, formatDuration, formatWindow } from './describeRun.ts'

const AT = '2026-11-20T09:05:00Z'
const aNetwork = (over: Partial<NetworkFigures> = {}): NetworkFigures => ({
  id: '1',
  name: 'CueLinks',
  adapter: 'cuelinks',
  isOn: true,
  freshHours: 24,
  syncedAt: '2026-11-20T02:04:00Z',
  ranAt: '2026-11-20T02:04:00Z',
  problem: null,
  problemCode: null,
  failures: 0,
  failingSince: null,
  isRunning: false,
  lastRead: null,
  eventWatermark: null,
  changeWatermark: null,
  unattributed: 0,
  quarantined: 0,
  quarantineReason: null,
  requests: [],
  ...over,
})
const REFUSED = { problem: 'refused', problemCode: 'network.unauthorized', failures: 3 }
const LONG_AGO = { syncedAt: '2026-11-19T02:04:00Z' }

it.each([
  [{}, 'fresh'],
  [{ quarantined: 3 }, 'quarantined'],
  [LONG_AGO, 'late'],
  [{ ...LONG_AGO, ...REFUSED, quarantined: 3 }, 'failing'],
  [{ syncedAt: null }, 'never-read'],
  [{ ...REFUSED, isOn: false }, 'off'],
])('a network with %j is shown as %s', (over, state) => {
  expect(classifyFreshness(aNetwork(over), AT)).toBe(state)
})

it.each([
  [{}, { text: '7 h of the 24 h a read may be old', isLate: false }],
  [LONG_AGO, { text: '31 h, 7 h more than a read may be old', isLate: true, share: 1 }],
])('a network with %j shows its age beside the expected freshness', (over, age) => {
  expect(measureAge(aNetwork(over), AT)).toMatchObject(age)
})

it.each([
  ['2026-11-20T09:05:00Z', 'less than 1 min'],
  ['2026-11-20T08:06:00Z', '59 min'],
  ['2026-11-16T06:05:00Z', '99 h'],
  ['2026-11-16T05:05:00Z', '4 d'],
  ['2026-11-21T05:05:00Z', 'less than 1 min'],
])('an age since %s is written as %s', (at, age) => {
  expect(formatShortAge(at, AT)).toBe(age)
})

it.each([
  [{}, 'accepted', false],
  [REFUSED, 'refused, 3 tries', true],
  [{ problem: 'down', problemCode: 'network.unavailable' }, 'accepted', false],
  [{ syncedAt: null }, 'not tried yet', false],
  [{ adapter: 'csv' }, 'none needed, it is read from files', false],
])('the key of a network with %j is described as %s', (over, text, isBad) => {
  expect(describeKey(aNetwork(over))).toEqual({ text, isBad })
})

it.each([
  [[{}], 'The network is fresh.'],
  [[{}, { quarantined: 1 }], 'All 2 networks are fresh.'],
  [[{}, REFUSED], '1 of 2 networks is fresh. CueLinks fails: its keys are refused.'],
  [[LONG_AGO, { isOn: false }], 'No network is fresh. CueLinks was not read for too long.'],
  [[{ isOn: false }], 'Every network is switched off.'],
])('the headline of %j is %s', (networks, text) => {
  expect(formatHeadline(networks.map(aNetwork), AT)).toBe(text)
})

it('the headline names three networks that are not fresh and counts the others', () => {
  const late = Array.from({ length: 5 }, () => aNetwork(LONG_AGO))
  expect(formatHeadline(late, AT)).toMatch(
    /^No network is fresh\. (CueLinks was .*long\. ){3}2 more/,
  )
})

it('networks that need attention are sorted first, those that are off last', () => {
  const unsorted = [{ isOn: false }, {}, { syncedAt: null }, { quarantined: 1 }, LONG_AGO, REFUSED]
  const shown = sortByAttention(unsorted.map(aNetwork), AT).map((network) =>
    classifyFreshness(network, AT),
  )
  expect(shown).toEqual(['failing', 'late', 'quarantined', 'never-read', 'fresh', 'off'])
})

const aRun = (over: Partial<RecentRun> = {}): RecentRun => ({
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
  asked: null,
  ...over,
})

it.each([
  [{}, 'completed', 'Done', ''],
  [{ quarantined: 3 }, 'partly', 'Partly', '3 rows quarantined'],
  [{ status: 'failed', error: 'It answered 401' }, 'failed', 'Failed', 'It answered 401'],
  [
    { asked: { by: 'Meera Nair', mode: 'fetch', note: 'late approvals' } },
    'completed',
    'Done',
    'By Meera Nair: late approvals',
  ],
  [
    { asked: { by: null, mode: 'replay', note: null } },
    'completed',
    'Done',
    'Replay by the command line',
  ],
] as const)('a run with %j shows its result and its note', (over, status, word, note) => {
  const run = aRun(over)
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
  const { windowFrom, windowTo } = aRun()
  expect(formatWindow(windowFrom, windowTo, 'Asia/Kolkata')).toBe('16 – 20 Nov')
  expect(formatWindow(windowFrom, windowTo, 'UTC')).toBe('15 – 20 Nov')
  expect(formatWindow('2026-11-15T18:30:00Z', '2026-11-16T18:30:00Z', 'Asia/Kolkata')).toBe(
    '16 Nov',
  )
})

describe('daysToWindow', () => {
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
