import { countOf, formatCount } from '../../../../src/admin/format/counts.ts'
import { Panel } from '../../../../src/admin/layout/Panel.tsx'
import { Shares } from '../../../../src/admin/charts/Shares.tsx'
import type { ProgramStats } from '../../../../src/referrals/loadProgramStats.ts'
import { labelOf } from '../../../../src/domain/labels.ts'

/** Why payments earned nothing: those without a referrer in words, the others as bars. */
export const ReasonsCard = ({ stats }: { stats: ProgramStats }) => {
  const { decided, earned } = stats.payments
  const nobody = stats.reasons.find(({ reason }) => reason === 'no-referrer')?.payments ?? 0
  const others = stats.reasons.filter(({ reason }) => reason !== 'no-referrer')
  const nothing = decided - earned
  return (
    <Panel
      aside={
        <span className="t-muted">
          {formatCount(nothing)} of {formatCount(decided)}
        </span>
      }
      title="Why payments earned nothing"
    >
      <p>{sentenceOf(decided, nobody, nothing - nobody)}</p>
      {others.length > 0 && (
        <Shares
          shares={others.map(({ payments, reason }) => ({
            name: labelOf(reason),
            count: payments,
          }))}
        />
      )}
    </Panel>
  )
}

const sentenceOf = (decided: number, nobody: number, others: number): string => {
  if (decided === 0) return 'No payment was decided in this time.'
  if (nobody + others === 0) return 'Every payment earned a commission.'
  if (nobody === 0) return 'All payers had a referrer.'
  const without = `${countOf(nobody, 'payment')} came from members without a referrer.`
  return others === 0 ? without : `${without} The other ${formatCount(others)}:`
}
