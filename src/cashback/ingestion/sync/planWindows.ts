import { now as clockNow } from '../../../platform/clock.ts'
import type { Network, NetworkCapabilities, TransactionWindow } from '../../networks/types.ts'
import type { NetworkRow } from '../networkStore.ts'

type Period = { from: Date; to: Date }
type PlanInput = { network: NetworkRow; reader: Network; chosenWindow: Period | undefined }

/** Plans the windows to read of a network now: the chosen one, or the time since its watermarks. */
export const planWindows = ({ chosenWindow, network, reader }: PlanInput): TransactionWindow[] =>
  splitWindow({
    chosenWindow,
    capabilities: reader.capabilities,
    eventWatermark: toDate(network.eventWatermark),
    changeWatermark: toDate(network.changeWatermark),
    overlapHours: network.overlapHours,
    now: clockNow(),
  })

const toDate = (text: string | null): Date | null => (text ? new Date(text) : null)

type PlanFacts = {
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
 * transactions are read since the watermark, less the overlap that the network's row sets, because
 * some networks add orders to past days. Changed
 * ones are read likewise if the network has a filter for changes; otherwise everything that may
 * still change is read.
 */
export const splitWindow = (cursors: PlanFacts): TransactionWindow[] => {
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

/** Between a credit and the run that checks it: at most a week, the longest time between two runs. */
const CHECK_DAYS = 7

/**
 * Returns since when an order has to be for the runs after the network's lag to list it; null if
 * they list every change, whenever the order was.
 */
export const findOldestListed = (
  { hasChangeFilter, rescanDays }: NetworkCapabilities,
  { now, overlapHours }: { now: Date; overlapHours: number },
): Date | null =>
  hasChangeFilter
    ? null
    : new Date(now.getTime() - (rescanDays - CHECK_DAYS) * DAY_MS + overlapHours * HOUR_MS)

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
