import { formatCount } from '../../../src/admin/format/counts.ts'
import type { NetworkFigures } from './loadOverview.ts'

export type Freshness = 'off' | 'never-read' | 'failing' | 'late' | 'quarantined' | 'fresh'

/** What to think of a network first; a name of a pill. */
export const freshnessOf = (network: NetworkFigures, at: string): Freshness => {
  const { freshHours, isOn, problem, quarantined, syncedAt } = network
  if (!isOn) return 'off'
  if (problem !== null) return 'failing'
  if (syncedAt === null) return 'never-read'
  if (hoursBetween(syncedAt, at) > freshHours) return 'late'
  return quarantined > 0 ? 'quarantined' : 'fresh'
}

const RANKS: Freshness[] = ['failing', 'late', 'quarantined', 'never-read', 'fresh', 'off']

/** Those that need somebody first, those that are off last; of equals in their order. */
export const attentionFirst = (networks: NetworkFigures[], at: string): NetworkFigures[] => {
  const rankOf = (network: NetworkFigures) => RANKS.indexOf(freshnessOf(network, at))
  return [...networks].sort((one, other) => rankOf(one) - rankOf(other))
}

const HOUR_MS = 3_600_000
const hoursBetween = (from: string, to: string): number =>
  Math.max(0, Date.parse(to) - Date.parse(from)) / HOUR_MS

/**
 * An age in one unit, in hours up to four days: whether a read is late is a matter of hours.
 *
 * @example shortAge('2026-11-19T02:00:00Z', '2026-11-20T09:05:00Z') // '31 h'
 */
export const shortAge = (from: string, to: string): string => {
  const hours = hoursBetween(from, to)
  if (hours < 1 / 60) return 'less than 1 min'
  if (hours < 1) return `${Math.floor(hours * 60)} min`
  if (hours < 100) return `${Math.floor(hours)} h`
  return `${formatCount(Math.floor(hours / 24))} d`
}

export type Age = {
  words: string
  /** Of the time that a read may be old, from 0 to 1. */
  share: number
  isLate: boolean
}

/** How old the last good read is, beside how old it may be; null where there was none. */
export const ageOf = ({ freshHours, syncedAt }: NetworkFigures, at: string): Age | null => {
  if (syncedAt === null) return null
  const hours = hoursBetween(syncedAt, at)
  const age = shortAge(syncedAt, at)
  const isLate = hours > freshHours
  if (!isLate) {
    const words = `${age} of the ${freshHours} h a read may be old`
    return { words, share: hours / freshHours, isLate }
  }
  const over = shortAge(syncedAt, new Date(Date.parse(at) - freshHours * HOUR_MS).toISOString())
  return { words: `${age}, ${over} more than a read may be old`, share: 1, isLate }
}

const KEYS: Record<string, string> = {
  'network.unauthorized': 'refused',
  'network.refused': 'accepted, the request is refused',
}

/** What is known of the keys, and nothing of what they are. */
export const keyWords = (network: NetworkFigures): { words: string; isBad: boolean } => {
  const { adapter, failures, problemCode, syncedAt } = network
  if (adapter === 'csv') return { words: 'none needed, it is read from files', isBad: false }
  if (problemCode === 'network.unauthorized') {
    return { words: `refused, ${triesOf(failures)}`, isBad: true }
  }
  if (problemCode && KEYS[problemCode]) return { words: KEYS[problemCode], isBad: true }
  return { words: syncedAt === null ? 'not tried yet' : 'accepted', isBad: false }
}

const triesOf = (count: number): string =>
  count === 1 ? '1 try' : `${formatCount(Math.max(1, count))} tries`

const PROBLEMS: Record<string, string> = {
  'network.unauthorized': 'its keys are refused',
  'network.rate-limited': 'it wants to be left alone for a while',
  'network.unavailable': 'it cannot be reached',
  'network.timeout': 'it does not answer in time',
  'network.bad-answer': 'its answers are not what its documents say',
  'network.refused': 'it refuses what it is asked',
  'sync.worker-lost': 'the worker that read it went away',
}

/** Why a network fails, in plain words; its own code stands beside it. Null: only that one says. */
export const problemWords = (code: string | null): string | null => PROBLEMS[code ?? ''] ?? null

/**
 * The answer before the evidence: which networks are fresh, and which need somebody?
 *
 * @example headlineOf(networks, at) // '2 of 3 networks are fresh. CueLinks fails: its keys are refused.'
 */
export const headlineOf = (networks: NetworkFigures[], at: string): string => {
  const on = networks.filter(({ isOn }) => isOn)
  if (on.length === 0) return 'Every network is switched off: nothing is read.'
  const withState = (...states: Freshness[]) =>
    on.filter((network) => states.includes(freshnessOf(network, at)))
  const fresh = withState('fresh', 'quarantined').length
  const troubles = [
    ...withState('failing').map(failWords),
    ...withState('late').map(({ name }) => `${name} was not read for too long.`),
    ...withState('never-read').map(({ name }) => `${name} was never read.`),
  ]
  const rest = troubles.length - MOST
  const more = rest > 0 ? [`${formatCount(rest)} more ${rest === 1 ? 'is' : 'are'} not fresh.`] : []
  return [freshWords(fresh, on.length), ...troubles.slice(0, MOST), ...more].join(' ')
}

const MOST = 3

const failWords = ({ name, problemCode }: NetworkFigures): string => {
  const why = problemWords(problemCode)
  return why ? `${name} fails: ${why}.` : `${name} fails.`
}

const freshWords = (fresh: number, all: number): string => {
  if (fresh === 0) return 'No network is fresh.'
  if (fresh < all) return `${fresh} of ${all} networks ${fresh === 1 ? 'is' : 'are'} fresh.`
  return all === 1 ? 'The network is fresh.' : `All ${all} networks are fresh.`
}
