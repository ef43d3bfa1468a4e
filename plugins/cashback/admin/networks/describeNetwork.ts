import { formatCount } from '../../../../src/admin/format/counts.ts'
import type { NetworkFigures } from './loadOverview.ts'

type Freshness = 'off' | 'never-read' | 'failing' | 'late' | 'quarantined' | 'fresh'

/** Returns the state of a network at `at`, the most urgent first. It is the status of a pill. */
export const classifyFreshness = (network: NetworkFigures, at: string): Freshness => {
  const { freshHours, isOn, problem, quarantined, syncedAt } = network
  if (!isOn) return 'off'
  if (problem !== null) return 'failing'
  if (syncedAt === null) return 'never-read'
  if (hoursBetween(syncedAt, at) > freshHours) return 'late'
  return quarantined > 0 ? 'quarantined' : 'fresh'
}

const RANKS: Freshness[] = ['failing', 'late', 'quarantined', 'never-read', 'fresh', 'off']

/** Sorts networks: those that need attention first, those that are off last. The sort is stable. */
export const sortByAttention = (networks: NetworkFigures[], at: string): NetworkFigures[] => {
  const rankOf = (network: NetworkFigures) => RANKS.indexOf(classifyFreshness(network, at))
  return [...networks].sort((one, other) => rankOf(one) - rankOf(other))
}

const HOUR_MS = 3_600_000
const hoursBetween = (from: string, to: string): number =>
  Math.max(0, Date.parse(to) - Date.parse(from)) / HOUR_MS

/**
 * An age in one unit. Up to four days it is in hours, because freshness is measured in hours.
 *
 * @example formatShortAge('2026-11-19T02:00:00Z', '2026-11-20T09:05:00Z') // '31 h'
 */
export const formatShortAge = (from: string, to: string): string => {
  const hours = hoursBetween(from, to)
  if (hours < 1 / 60) return 'less than 1 min'
  if (hours < 1) return `${Math.floor(hours * 60)} min`
  if (hours < 100) return `${Math.floor(hours)} h`
  return `${formatCount(Math.floor(hours / 24))} d`
}

export type Age = {
  text: string
  /** The share of the expected freshness that has passed, from 0 to 1. */
  share: number
  isLate: boolean
}

/**
 * Compares the age of the last successful read with the expected freshness; null without a read.
 */
export const measureAge = ({ freshHours, syncedAt }: NetworkFigures, at: string): Age | null => {
  if (syncedAt === null) return null
  const hours = hoursBetween(syncedAt, at)
  const age = formatShortAge(syncedAt, at)
  const isLate = hours > freshHours
  if (!isLate) {
    const text = `${age} of the ${freshHours} h a read may be old`
    return { text, share: hours / freshHours, isLate }
  }
  const over = formatShortAge(
    syncedAt,
    new Date(Date.parse(at) - freshHours * HOUR_MS).toISOString(),
  )
  return { text: `${age}, ${over} more than a read may be old`, share: 1, isLate }
}

const KEYS: Record<string, string> = {
  'network.unauthorized': 'refused',
  'network.refused': 'accepted, but the request is refused',
}

/** Describes whether the network accepts our keys. Never shows a key. */
export const describeKey = (network: NetworkFigures): { text: string; isBad: boolean } => {
  const { adapter, failures, problemCode, syncedAt } = network
  if (adapter === 'csv') return { text: 'none needed, it is read from files', isBad: false }
  if (problemCode === 'network.unauthorized') {
    return { text: `refused, ${formatTries(failures)}`, isBad: true }
  }
  if (problemCode && KEYS[problemCode]) return { text: KEYS[problemCode], isBad: true }
  return { text: syncedAt === null ? 'not tried yet' : 'accepted', isBad: false }
}

const formatTries = (count: number): string =>
  count === 1 ? '1 try' : `${formatCount(Math.max(1, count))} tries`

const PROBLEMS: Record<string, string> = {
  'network.unauthorized': 'its keys are refused',
  'network.rate-limited': 'it limits our requests',
  'network.unavailable': 'it cannot be reached',
  'network.timeout': 'it does not answer in time',
  'network.bad-answer': 'its responses cannot be read',
  'network.too-large': 'its response is too large',
  'network.refused': 'it refuses the request',
  'sync.gave-up': 'reading it ended several workers, edit it or request a sync to try again',
  'sync.worker-lost': 'the worker of its run was lost',
}

/** Why a network fails, as text beside the error code; null for an unknown code. */
export const describeProblem = (code: string | null): string | null => PROBLEMS[code ?? ''] ?? null

/**
 * The summary above the cards: how many networks are fresh, and which need attention.
 *
 * @example formatHeadline(networks, at) // '2 of 3 networks are fresh. CueLinks fails: its keys are refused.'
 */
export const formatHeadline = (networks: NetworkFigures[], at: string): string => {
  const on = networks.filter(({ isOn }) => isOn)
  if (on.length === 0) return 'Every network is switched off.'
  const withState = (...states: Freshness[]) =>
    on.filter((network) => states.includes(classifyFreshness(network, at)))
  const fresh = withState('fresh', 'quarantined').length
  const problems = [
    ...withState('failing').map(describeFailure),
    ...withState('late').map(({ name }) => `${name} was not read for too long.`),
    ...withState('never-read').map(({ name }) => `${name} was never read.`),
  ]
  const rest = problems.length - MAX_PROBLEMS
  const more = rest > 0 ? [`${formatCount(rest)} more ${rest === 1 ? 'is' : 'are'} not fresh.`] : []
  return [describeFreshCount(fresh, on.length), ...problems.slice(0, MAX_PROBLEMS), ...more].join(
    ' ',
  )
}

const MAX_PROBLEMS = 3

const describeFailure = ({ name, problemCode }: NetworkFigures): string => {
  const why = describeProblem(problemCode)
  return why ? `${name} fails: ${why}.` : `${name} fails.`
}

const describeFreshCount = (fresh: number, all: number): string => {
  if (fresh === 0) return 'No network is fresh.'
  if (fresh < all) return `${fresh} of ${all} networks ${fresh === 1 ? 'is' : 'are'} fresh.`
  return all === 1 ? 'The network is fresh.' : `All ${all} networks are fresh.`
}
