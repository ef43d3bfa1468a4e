import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { CopyButton } from '../../../../src/admin/actions/CopyButton.tsx'
import { Panel } from '../../../../src/admin/layout/Panel.tsx'
import type { SkipReason } from '../../../../src/domain/referrals/commission.ts'
import { formatMoney } from '../../../../src/domain/money.ts'

/** The answer for the member, ready to be copied. */
export const AnswerCard = ({ text }: { text: string }) => (
  <Panel title="Answer for the member">
    <blockquote className="t-quote">{text}</blockquote>
    <CopyButton text={text} />
  </Panel>
)

/**
 * How finance can pay by an adjustment when the rule skipped a payment that deserves a commission.
 */
export const AdjustmentCard = ({
  aboveMinor,
  adjustPath,
  currency,
  quote,
  reason,
}: {
  /** Null when every adjustment needs two persons. */
  aboveMinor: number | null
  /** Null for those who may not adjust. */
  adjustPath: string | null
  currency: string
  quote: string
  reason: SkipReason
}) => (
  <Panel title={OF_PERSONS.has(reason) ? 'If they are two people' : 'If it should have been paid'}>
    <p className="t-gap">
      Finance can pay by an adjustment with a reason. This decision does not change.{' '}
      {aboveMinor === null
        ? 'A second person must approve it.'
        : `Above ${formatMoney(aboveMinor, currency)} a second person must approve it.`}
    </p>
    {adjustPath ? (
      <AdminLink className="t-button t-button--outlined" href={adjustPath}>
        New adjustment
      </AdminLink>
    ) : (
      <p className="t-strong">
        Ask finance, and quote <span className="t-code">{quote}</span> and{' '}
        <span className="t-code">{reason}</span>.
      </p>
    )}
  </Panel>
)

const OF_PERSONS: ReadonlySet<SkipReason> = new Set([
  'self-referral',
  'same-email',
  'same-phone',
  'not-confirmed',
])
