import { DomainError } from '../../../../src/domain/errors.ts'
import { parseReconciledPeriod } from '../../../../src/domain/reconciledPeriod.ts'

export type DaysQuery = {
  from: Date
  /** Exclusive. */
  to: Date
  network: string | undefined
  /** The values of the form: days, both inclusive. */
  typed: { from: string; to: string; network: string }
  /** What is wrong with the URL; the period is then the last 30 days. */
  problem: string | null
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Parses the query of the reconciliation view. Pure. */
export const parseDaysQuery = (query: Record<string, unknown>, now: Date): DaysQuery => {
  const [from, network, to] = [text(query.from), text(query.network), text(query.to)]
  const known = UUID.test(network) ? network : undefined
  const toQuery = (period: { from: Date; to: Date }, problem: string | null): DaysQuery => ({
    ...period,
    network: known,
    typed: {
      from: problem ? from : dayOf(period.from),
      to: problem ? to : dayOf(new Date(period.to.getTime() - 1)),
      network: known ?? '',
    },
    problem,
  })
  try {
    return toQuery(parseReconciledPeriod({ from, to, now }), null)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return toQuery(parseReconciledPeriod({ now }), error.message)
  }
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10)
const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
