import type { Times } from '../../../../src/admin/format/times.ts'
import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { type Fact, Facts } from '../../../../src/admin/layout/Facts.tsx'
import { Panel } from '../../../../src/admin/layout/Panel.tsx'
import { MoneyTrail } from '../../../../src/admin/money/MoneyTrail.tsx'
import { StatusPill } from '../../../../src/admin/status/StatusPill.tsx'
import { DecisionBanner } from '../../../../src/admin/status/DecisionBanner.tsx'
import { formatMoney } from '../../../../src/domain/money.ts'
import type { DecidedCommission } from '../../../../src/domain/referrals/explainCommission.ts'
import { writeMemberAnswer } from './writeMemberAnswer.ts'
import { ChecksTable } from './ChecksTable.tsx'
import { CommissionCard } from './CommissionCard.tsx'
import { EarlierPayments } from './EarlierPayments.tsx'
import type { PaymentStory } from './loadPaymentStory.ts'
import { RuleCard } from './RuleCard.tsx'
import { AnswerCard, AdjustmentCard } from './SkippedCards.tsx'
import { type DecisionText, describeDecision } from './describeDecision.ts'

type Props = {
  adminRoute: string
  commission: DecidedCommission
  mayAdjust: boolean
  story: PaymentStory & { commission: NonNullable<PaymentStory['commission']> }
  times: Times
}

/**
 * A decision: the result, then the checks and transfers at the left, and its inputs at the right.
 */
export const DecisionPage = (props: Props) => {
  const { adminRoute, commission, story, times } = props
  const linkTo = (slug: string, id: string) => `${adminRoute}/collections/${slug}/${id}`
  const decision = describeDecision(commission, {
    payerName: story.payer.name,
    referrerName: story.commission.referrer?.name ?? null,
    writeDay: times.day,
  })
  return (
    <>
      <DecisionBanner
        amount={amountOf(decision, commission)}
        title={decision.title}
        tone={decision.tone}
      >
        {decision.detail}
      </DecisionBanner>
      <div className="t-cols">
        <div>
          <ChecksTable
            checks={commission.checks}
            decidedAt={`${times.full(story.commission.decidedAt)} ${times.zone}`}
          />
          <MoneyTrail
            linkTo={linkTo}
            nothing={NOTHING[commission.status] ?? NOTHING.skipped}
            times={times}
            transfers={story.transfers}
          />
          <EarlierPayments
            count={story.earlierCount}
            explainPath={(id) => `${linkTo('payments', id)}/explain`}
            payerName={story.payer.name}
            payments={story.earlier}
            times={times}
          />
        </div>
        <aside className="t-side">
          <Cards {...props} linkTo={linkTo} />
        </aside>
      </div>
    </>
  )
}

const NOTHING: Partial<Record<DecidedCommission['status'], string>> & { skipped: string } = {
  skipped: 'Nothing was posted for this payment. The decision is stored and never changes.',
  held: 'Nothing is posted yet. The rest of the commission is posted when the hold ends.',
  cancelled: 'Nothing was posted: the payment was refunded before the hold ended.',
}

const Cards = ({
  adminRoute,
  commission,
  linkTo,
  mayAdjust,
  story,
  times,
}: Props & { linkTo: (slug: string, id: string) => string }) => (
  <>
    {commission.reason ? (
      <>
        <AnswerCard
          text={writeMemberAnswer(commission, times.dayOfMonth(story.commission.decidedAt))}
        />
        <AdjustmentCard
          aboveMinor={story.secondPersonAboveMinor}
          adjustPath={mayAdjust ? `${adminRoute}/collections/adjustments/create` : null}
          currency={commission.currency}
          quote={story.payment.name}
          reason={commission.reason}
        />
      </>
    ) : (
      <CommissionCard
        commission={commission}
        linkTo={linkTo}
        refunds={story.refunds}
        times={times}
      />
    )}
    <RuleCard
      currency={commission.currency}
      rule={commission.rule}
      story={story}
      times={times}
      versionsPath={`${adminRoute}/globals/affiliation-config/versions`}
    />
    <LinkedCard linkTo={linkTo} story={story} />
  </>
)

const amountOf = (
  { amountNote, currentMinor }: DecisionText,
  { currency, reason, status }: DecidedCommission,
) =>
  currentMinor === null ? (
    <>
      <StatusPill status={status} />
      <span className="t-sub t-code">{reason}</span>
    </>
  ) : (
    <>
      <strong>{formatMoney(currentMinor, currency)}</strong>
      <span className="t-sub">{amountNote}</span>
    </>
  )

type LinkedProps = { story: PaymentStory; linkTo: (slug: string, id: string) => string }

/** The documents that this decision is about. */
const LinkedCard = ({ linkTo, story }: LinkedProps) => (
  <Panel title="Linked">
    <Facts facts={linksOf({ linkTo, story })} />
  </Panel>
)

const linksOf = ({ linkTo, story }: LinkedProps): Fact[] => {
  const { commission, payer, payment, refunds, transfers } = story
  const link = (name: string, slug: string, id: string, text: string): Fact => ({
    name,
    value: <AdminLink href={linkTo(slug, id)}>{text}</AdminLink>,
  })
  return [
    link('Payment', 'payments', payment.id, payment.name),
    link('Payer', 'users', payer.id, payer.name),
    ...(commission?.referrer
      ? [link('Referrer', 'users', commission.referrer.id, commission.referrer.name)]
      : []),
    ...(commission
      ? [link('Commission', 'commissions', commission.id, `…${commission.id.slice(-8)}`)]
      : []),
    ...refunds.map((refund) => link('Refund', 'refunds', refund.id, refund.reference)),
    ...transfers.map(({ id, kind }) =>
      link(`Transfer, ${kind}`, 'wallet-transactions', id, `…${id.slice(-8)}`),
    ),
  ]
}
