import type { Program } from '../../../../src/domain/referrals/commission.ts'
import { isCurrency } from '../../../../src/domain/currency.ts'

/**
 * The rule in the values of the form (or of the stored document); null while one of them is not
 * (yet) a value. A row whose limits are not yet values is left out.
 */
export const programOf = (values: Record<string, unknown>): Program | null => {
  const { currencies, durationMonths, enabled, rateBps, version } = values
  if (!isWhole(rateBps) || rateBps > 10_000) return null
  const rows: unknown[] = Array.isArray(currencies) ? currencies : []
  return {
    version: isWhole(version) ? version : 0,
    enabled: enabled === true,
    rateBps,
    holdDays: 0,
    duration: 'always',
    durationMonths: isWhole(durationMonths) ? durationMonths : null,
    currencies: rows.flatMap(limitsOf),
  }
}

const limitsOf = (row: unknown): Program['currencies'] => {
  const { currency, maxCommissionMinor, minPaymentMinor } = (row ?? {}) as Record<string, unknown>
  if (!isCurrency(currency)) return []
  return [
    {
      currency,
      minPaymentMinor: isWhole(minPaymentMinor) ? minPaymentMinor : 0,
      maxCommissionMinor: isWhole(maxCommissionMinor) ? maxCommissionMinor : null,
    },
  ]
}

const isWhole = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0
