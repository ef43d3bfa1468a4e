import { addDays } from '../dates.ts'
import type { MethodKind } from './methodKinds.ts'

/**
 * Returns the instant by which a payment usually arrives: a day after it was sent. For bank accounts
 * Saturdays and Sundays (UTC) do not count, because a SEPA transfer arrives at the end of the next
 * business day (directive 2015/2366, article 83), and because a bank file is paid on a working day.
 * Bank holidays are not known.
 *
 * @example expectArrival('iban', new Date('2026-11-27T10:00:00Z')).toISOString() // '2026-11-30T10:00:00.000Z'
 */
export const expectArrival = (kind: MethodKind, sentAt: Date): Date => {
  const nextDay = addDays(sentAt, 1)
  return BANK_KINDS.has(kind) ? skipWeekend(nextDay) : nextDay
}

const BANK_KINDS: ReadonlySet<MethodKind> = new Set(['bank-in', 'iban'])

const SUNDAY = 0
const SATURDAY = 6

const skipWeekend = (at: Date): Date => {
  const day = at.getUTCDay()
  if (day === SATURDAY) return addDays(at, 2)
  return day === SUNDAY ? addDays(at, 1) : at
}
