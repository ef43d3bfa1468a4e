import { Facts } from '../../../../src/admin/layout/Facts.tsx'
import { Sum, type SumRow } from '../../../../src/admin/money/Sum.tsx'
import { formatMoney } from '../../../../src/domain/money.ts'
import { formatBps } from '../../../../src/domain/percent.ts'
import type { DeskDetail } from '../../../../src/payouts/desk/loadDeskDetail.ts'
import type { DetailProps } from './detailProps.ts'

/** The quote of the request with its rule, and what the member has besides. */
export const Amounts = ({ detail, screen: { times } }: DetailProps) => {
  const { availableMinor, bankReference, heldMinor, row } = detail
  const money = (minor: number) => formatMoney(minor, row.currency)
  return (
    <section aria-label="Amounts" className="t-panel">
      <Sum rows={listLines(detail)} />
      <div className="t-desk__facts">
        <Facts
          facts={[
            { name: 'Requested', value: `${times.minute(row.requestedAt)} ${times.zone}` },
            { name: 'Left available', value: money(availableMinor) },
            { name: 'Held in all', value: money(heldMinor) },
            ...(row.holdUntil
              ? [
                  {
                    name: 'On hold until',
                    value: `${times.minute(row.holdUntil)}, ${row.holdOwner ?? 'a former colleague'}`,
                  },
                ]
              : []),
            ...(bankReference ? [{ name: 'Bank’s reference', value: bankReference }] : []),
          ]}
        />
      </div>
      <Rule detail={detail} />
    </section>
  )
}

const listLines = ({ quote: { deductions = [] }, row }: DeskDetail): SumRow[] => {
  const { currency, deductionMinor, feeMinor, grossMinor, netMinor } = row
  const money = (minor: number) => formatMoney(minor, currency)
  const taken = (name: string, minor: number) => (minor > 0 ? [{ name, value: money(-minor) }] : [])
  const labels = [...new Set(deductions.map(({ rule: { label } }) => label))].join(', ')
  return [
    { name: 'Asked for', value: money(grossMinor) },
    ...taken('Fee', feeMinor),
    ...taken(labels || 'Deduction', deductionMinor),
    { name: 'The member receives', value: money(netMinor), isResult: true },
  ]
}

const Rule = ({ detail: { quote, row } }: { detail: DeskDetail }) => {
  const { byHand = [], deductions = [], rule } = quote
  if (!rule) return null
  const money = (minor: number) => formatMoney(minor, row.currency)
  return (
    <details className="t-desk__more">
      <summary>The rule, as it was at the request</summary>
      <Facts
        facts={[
          {
            name: 'Paid by',
            value: row.bankProfile ? `bank file, ${row.bankProfile}` : row.driver,
          },
          {
            name: 'Fee',
            value: `${money(rule.feeFixedMinor)} + ${formatBps(rule.feePercentBps)}, borne by ${rule.feeBearer === 'member' ? 'the member' : 'us'}`,
          },
          { name: 'Two people above', value: money(rule.fourEyesAboveMinor) },
          { name: 'Each person alone in a day', value: money(rule.actorDayMinor) },
          ...deductions.map(({ amountMinor, rule: { label } }) => ({
            name: label,
            value: money(amountMinor),
          })),
        ]}
      />
      {byHand.length > 0 && <p className="t-foot">A person approves it: {byHand.join('; ')}.</p>}
    </details>
  )
}
