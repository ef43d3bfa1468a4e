import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { CopyButton } from '../../../../src/admin/actions/CopyButton.tsx'
import { Panel } from '../../../../src/admin/layout/Panel.tsx'
import type { SkipReason } from '../../../../src/domain/referrals/commission.ts'
import { formatMoney } from '../../../../src/domain/money.ts'

/** What support may say, ready to be sent. */
export const AnswerCard = ({ text }: { text: string }) => (
  <Panel title="Answer for the member">
    <blockquote className="t-quote">{text}</blockquote>
    <CopyButton text={text} />
  </Panel>
)

/** The way out when the rule was right and the case is not: money by an adjustment, by finance. */
export const SecondLookCard = ({
  aboveMinor,
  adjustPath,
  currency,
  quote,
  reason,
}: {
  /** Null: every adjustment takes two persons. */
  aboveMinor: number | null
  /** Null for those who may not adjust. */
  adjustPath: string | null
  currency: string
  quote: string
  reason: SkipReason
}) => (
  <Panel title={OF_PERSONS.has(reason) ? 'If they are two people' : 'If it should have been paid'}>
    <p className="t-gap">
      Finance can pay by an adjustment with a reason. This decision is not rewritten.{' '}
      {aboveMinor === null
        ? 'A second person confirms.'
        : `Above ${formatMoney(aboveMinor, currency)} a second person confirms.`}
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

const OF_PERSONS: ReadonlySet<SkipReason> = new Set(['self-referral', 'same-email', 'same-phone'])
