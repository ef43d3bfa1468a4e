'use client'
import { useAllFormFields, useDocumentInfo } from '@payloadcms/ui'
import { reduceFieldsToValues } from 'payload/shared'
import { useState } from 'react'

import { isCurrency } from '../../../../src/domain/currency.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { formatBps } from '../../../../src/domain/percent.ts'
import type { Program } from '../../../../src/domain/referrals/commission.ts'
import { computeEarning, examplePayments } from './computeEarning.ts'

/** Below the form: what example payments earn by the saved rule, and by the draft in the form. */
export const ExampleEarnings = () => {
  const [fields] = useAllFormFields()
  const { savedDocumentData } = useDocumentInfo()
  const saved = readProgram(savedDocumentData ?? {})
  const draft = readProgram(reduceFieldsToValues(fields, true))
  const codes = (draft ?? saved)?.currencies.map(({ currency }) => currency) ?? []
  const [wanted, setWanted] = useState<string | null>(null)
  const currency = codes.find((code) => code === wanted) ?? codes[0] ?? 'INR'
  const isChanged = JSON.stringify(saved) !== JSON.stringify(draft)

  return (
    <section className="t-examples field-type">
      <div className="t-section">
        <h2 className="t-h4">What one payment would earn</h2>
        <CurrencyTabs codes={codes} current={currency} onChoose={setWanted} />
      </div>
      <table className="t-table">
        <thead>
          <tr>
            <th className="t-num">Payment</th>
            <th className="t-num">Now, {formatRate(saved)}</th>
            {isChanged && <th className="t-num">Draft, {formatRate(draft)}</th>}
          </tr>
        </thead>
        <tbody>
          {examplePayments(currency).map((amountMinor) => (
            <tr key={amountMinor}>
              <td className="t-num">{formatMoney(amountMinor, currency)}</td>
              <EarningCell payment={{ amountMinor, currency }} program={saved} />
              {isChanged && (
                <EarningCell isDraft payment={{ amountMinor, currency }} program={draft} />
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const formatRate = (program: Program | null): string =>
  program ? (program.enabled ? formatBps(program.rateBps) : 'off') : '—'

const EarningCell = ({
  isDraft = false,
  payment,
  program,
}: {
  isDraft?: boolean
  payment: { amountMinor: number; currency: string }
  program: Program | null
}) => {
  const earning = program && computeEarning(program, payment)
  if (!earning) return <td className="t-num t-muted">—</td>
  if ('nothing' in earning) return <td className="t-num t-muted">{earning.nothing}</td>
  return (
    <td className="t-num">
      {earning.isCapped && <span className="t-muted">capped </span>}
      <span className={isDraft ? 't-strong' : undefined}>
        {formatMoney(earning.amountMinor, payment.currency)}
      </span>
    </td>
  )
}

const CurrencyTabs = ({
  codes,
  current,
  onChoose,
}: {
  codes: string[]
  current: string
  onChoose: (code: string) => void
}) =>
  codes.length > 1 && (
    <div aria-label="Currency of the examples" className="t-choice" role="group">
      {codes.map((code) => (
        <button
          aria-pressed={code === current}
          key={code}
          onClick={() => {
            onChoose(code)
          }}
          type="button"
        >
          {code}
        </button>
      ))}
    </div>
  )

/**
 * Reads the rule from the values of the form or of the stored document. Null while its rate is not a
 * valid number; a row without a valid currency is left out.
 */
const readProgram = (values: Record<string, unknown>): Program | null => {
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
    currencies: rows.flatMap(readLimits),
    confirmedOnly: true,
  }
}

const readLimits = (row: unknown): Program['currencies'] => {
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
