import { z } from 'zod'

import { DomainError } from '../domain/errors.ts'

const Instant = z.union([z.iso.date(), z.iso.datetime({ offset: true })])

/** Longer windows are a mistake more often than a wish: each month of it is a request or more. */
const MOST_DAYS = 731
const DAY = 86_400_000

type Given = { from?: string | undefined; to?: string | undefined; now: Date }

/**
 * A window that somebody gave, as days (from midnight UTC) or instants; without an end, until now.
 * Null where none was given.
 *
 * @example windowIn({ from: '2026-11-01', now }) // from 1 November, 00:00 UTC, to now
 * @throws DomainError `sync.bad-window` with its field
 */
export const windowIn = ({ from, now, to }: Given): { from: Date; to: Date } | null => {
  if (from === undefined && to === undefined) return null
  if (from === undefined) throw badWindow('from', 'Give from as well.')
  const window = { from: instantIn(from, 'from'), to: to ? instantIn(to, 'to') : now }
  if (window.from >= now) throw badWindow('from', 'Nothing has happened since then.')
  if (window.to <= window.from) throw badWindow('to', 'Give a to that is later than from.')
  if (window.to > now) window.to = now
  if (window.to.getTime() - window.from.getTime() <= MOST_DAYS * DAY) return window
  throw badWindow('from', `Give ${MOST_DAYS} days at most.`)
}

const instantIn = (text: string, field: string): Date => {
  if (Instant.safeParse(text).success) return new Date(text)
  throw badWindow(field, 'Give a day such as 2026-11-01, or an instant such as 2026-11-01T10:00Z.')
}

const badWindow = (field: string, message: string) =>
  new DomainError('sync.bad-window', message, { field })
