import { z } from 'zod'

import { DomainError } from '../../../domain/errors.ts'

const DAY_MS = 86_400_000

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
export const parseWindow = ({ from, now, to }: WindowInput): { from: Date; to: Date } | null => {
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
