import { z } from 'zod'

import { DomainError } from '../../../domain/errors.ts'
import { now as clockNow } from '../../../platform/clock.ts'
import type { Network, NetworkCapabilities, TransactionWindow } from '../../networks/types.ts'
import type { NetworkRow } from './networkStore.ts'

type Period = { from: Date; to: Date }
type PlanInput = { row: NetworkRow; network: Network; chosenWindow: Period | undefined }

/** Plans the windows to read of a network now: the chosen one, or the time since its watermarks. */
export const planWindows = ({ chosenWindow, network, row }: PlanInput): TransactionWindow[] =>
  splitWindow({
    chosenWindow,
    capabilities: network.capabilities,
    eventWatermark: toDate(row.eventWatermark),
    changeWatermark: toDate(row.changeWatermark),
    overlapHours: row.overlapHours,
    now: clockNow(),
  })

const toDate = (text: string | null): Date | null => (text ? new Date(text) : null)

type Cursors = {
  capabilities: NetworkCapabilities
  eventWatermark: Date | null
  changeWatermark: Date | null
  overlapHours: number
  now: Date
  /** The window to read instead of the windows since the watermarks. */
  chosenWindow?: Period | undefined
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/**
 * Splits the time to read into windows, oldest first, none longer than the network accepts. New
 * transactions are read since the watermark, with an overlap, because reports come late. Changed
 * ones are read likewise if the network has a filter for changes; otherwise everything that may
 * still change is read.
 */
export const splitWindow = (cursors: Cursors): TransactionWindow[] => {
  const { capabilities, changeWatermark, chosenWindow, eventWatermark, now, overlapHours } = cursors
  const { hasChangeFilter, maxWindowDays, rescanDays } = capabilities
  if (chosenWindow) return splitByDays({ ...chosenWindow, by: 'event' }, maxWindowDays)

  const start = new Date(now.getTime() - rescanDays * DAY_MS)
  const since = (watermark: Date | null) =>
    watermark ? new Date(watermark.getTime() - overlapHours * HOUR_MS) : start
  const event: TransactionWindow = {
    from: hasChangeFilter ? since(eventWatermark) : start,
    to: now,
    by: 'event',
  }
  const change: TransactionWindow = { from: since(changeWatermark), to: now, by: 'change' }
  return (hasChangeFilter ? [event, change] : [event]).flatMap((window) =>
    splitByDays(window, maxWindowDays),
  )
}

const splitByDays = ({ by, from, to }: TransactionWindow, days: number): TransactionWindow[] => {
  const slices: TransactionWindow[] = []
  let start = from
  while (start < to) {
    const end = new Date(Math.min(start.getTime() + days * DAY_MS, to.getTime()))
    slices.push({ by, from: start, to: end })
    start = end
  }
  return slices
}

const Instant = z.union([z.iso.date(), z.iso.datetime({ offset: true })])

/**
 * The longest chosen window. A longer one is probably a mistake: each month costs at least one
 * request.
 */
const MAX_DAYS = 731

type WindowInput = { from?: string | undefined; to?: string | undefined; now: Date }

/**
 * Parses a chosen window of days (from midnight UTC) or instants. Without `to` it ends now; null
 * without both.
 *
 * @example parseWindow({ from: '2026-11-01', now }) // from 1 November, 00:00 UTC, to now
 * @throws DomainError `sync.bad-window`, with the field
 */
export const parseWindow = ({ from, now, to }: WindowInput): Period | null => {
  if (from === undefined && to === undefined) return null
  if (from === undefined) throw badWindow('from', 'Give from as well.')
  const window = { from: parseInstant(from, 'from'), to: to ? parseInstant(to, 'to') : now }
  if (window.from >= now) throw badWindow('from', 'Give a from that is in the past.')
  if (window.to <= window.from) throw badWindow('to', 'Give a to that is later than from.')
  if (window.to > now) window.to = now
  if (window.to.getTime() - window.from.getTime() <= MAX_DAYS * DAY_MS) return window
  throw badWindow('from', `Give ${MAX_DAYS} days at most.`)
}

const parseInstant = (text: string, field: string): Date => {
  if (Instant.safeParse(text).success) return new Date(text)
  throw badWindow(field, 'Give a day such as 2026-11-01, or an instant such as 2026-11-01T10:00Z.')
}

const badWindow = (field: string, message: string) =>
  new DomainError('sync.bad-window', message, { field })
