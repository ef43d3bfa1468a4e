import { DomainError } from '../../../../src/domain/errors.ts'
import { parseReconciledPeriod } from '../../../../src/cashback/reconciliation/reconcileDays.ts'

export type DaysAsked = {
  from: Date
  /** Not in it any more. */
  to: Date
  network: string | undefined
  /** For the form: days, both within. */
  typed: { from: string; to: string; network: string }
  /** What of the URL is not understood; then it is the last 30 days. */
  problem: string | null
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What the URL of the desk asks for. Pure. */
export const daysAsked = (query: Record<string, unknown>, now: Date): DaysAsked => {
  const [from, network, to] = [text(query.from), text(query.network), text(query.to)]
  const known = UUID.test(network) ? network : undefined
  const asked = (period: { from: Date; to: Date }, problem: string | null): DaysAsked => ({
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
    return asked(parseReconciledPeriod({ from, to, now }), null)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return asked(parseReconciledPeriod({ now }), error.message)
  }
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10)
const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
