import type { NetworkFigures } from './loadOverview.ts'
import {
  measureAge,
  sortByAttention,
  classifyFreshness,
  formatHeadline,
  describeKey,
  formatShortAge,
} from './describeNetwork.ts'

const AT = '2026-11-20T09:05:00Z'
const buildFigures = (over: Partial<NetworkFigures> = {}): NetworkFigures => ({
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
  unmatchedReversals: 0,
  unmappedStatuses: [],
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
  expect(classifyFreshness(buildFigures(over), AT)).toBe(state)
})

it.each([
  [{}, { text: '7 h of the 24 h a read may be old', isLate: false }],
  [LONG_AGO, { text: '31 h, 7 h more than a read may be old', isLate: true, share: 1 }],
])('a network with %j shows its age beside the expected freshness', (over, age) => {
  expect(measureAge(buildFigures(over), AT)).toMatchObject(age)
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
  expect(describeKey(buildFigures(over))).toEqual({ text, isBad })
})

it.each([
  [[{}], 'The network is fresh.'],
  [[{}, { quarantined: 1 }], 'All 2 networks are fresh.'],
  [[{}, REFUSED], '1 of 2 networks is fresh. CueLinks fails: its keys are refused.'],
  [[LONG_AGO, { isOn: false }], 'No network is fresh. CueLinks was not read for too long.'],
  [[{ isOn: false }], 'Every network is switched off.'],
])('the headline of %j is %s', (networks, text) => {
  expect(formatHeadline(networks.map(buildFigures), AT)).toBe(text)
})

it('the headline names three networks that are not fresh and counts the others', () => {
  const late = Array.from({ length: 5 }, () => buildFigures(LONG_AGO))
  expect(formatHeadline(late, AT)).toMatch(
    /^No network is fresh\. (CueLinks was .*long\. ){3}2 more/,
  )
})

it('networks that need attention are sorted first, those that are off last', () => {
  const unsorted = [{ isOn: false }, {}, { syncedAt: null }, { quarantined: 1 }, LONG_AGO, REFUSED]
  const shown = sortByAttention(unsorted.map(buildFigures), AT).map((network) =>
    classifyFreshness(network, AT),
  )
  expect(shown).toEqual(['failing', 'late', 'quarantined', 'never-read', 'fresh', 'off'])
})
