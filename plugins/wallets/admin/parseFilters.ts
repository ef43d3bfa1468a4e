import { DomainError } from '../../../src/domain/errors.ts'
import { dayIn } from '../../../src/domain/zonedDay.ts'
import { parseInstant, parsePeriod } from '../../../src/ledger/statements/parsePeriod.ts'
import type { WalletCard } from './loadWallets.ts'

export type Filters = {
  wallet: WalletCard
  from: Date
  to: Date
  /** The period is not over: it ends now. */
  isOpen: boolean
  transferKind: string | undefined
  /** The end of the chosen day. */
  asOf: Date | null
  after: number
  /** The values of the form: as typed, or the shown days. */
  typed: { from: string; to: string; asOf: string }
  /** What is wrong with the URL; the period is then this month. */
  problem: string | null
}

/** Parses the query of a statement. Days are those of the viewer's time zone. */
export const parseFilters = (
  query: Record<string, unknown>,
  { now, timeZone, wallets }: { now: Date; timeZone: string; wallets: WalletCard[] },
): Filters | null => {
  const wallet =
    wallets.find(({ currency, kind }) => currency === query.currency && kind === query.kind) ??
    wallets[0]
  if (!wallet) return null
  const typed = { from: text(query.from), to: text(query.to), asOf: text(query.asOf) }
  const after = Number(text(query.after))
  const common = {
    wallet,
    transferKind: text(query.transferKind) || undefined,
    after: Number.isSafeInteger(after) && after > 0 ? after : 0,
  }
  try {
    const asOf = typed.asOf
      ? parseInstant(typed.asOf, { edge: 'ends', field: 'asOf', timeZone })
      : null
    const period = parsePeriod({
      from: typed.from || undefined,
      to: typed.to || undefined,
      now,
      timeZone,
    })
    const shown = {
      from: typed.from || dayIn(period.from, timeZone),
      to: typed.to || dayIn(period.to, timeZone),
      asOf: typed.asOf,
    }
    return { ...common, ...period, isOpen: period.to >= now, asOf, typed: shown, problem: null }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const period = parsePeriod({ now, timeZone })
    return { ...common, ...period, isOpen: true, asOf: null, typed, problem: error.message }
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
