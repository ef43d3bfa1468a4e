import { MoneyTrail } from '../../../../src/admin/money/MoneyTrail.tsx'
import { StatusPill } from '../../../../src/admin/status/StatusPill.tsx'
import type { Times } from '../../../../src/admin/format/times.ts'
import { Verdict } from '../../../../src/admin/status/Verdict.tsx'
import type { DecidedCommission } from '../../../../src/domain/referrals/explainCommission.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { answerForMember } from './answerForMember.ts'
import { ChecksTable } from './ChecksTable.tsx'
import { CommissionCard } from './CommissionCard.tsx'
import { EarlierPayments } from './EarlierPayments.tsx'
import { LinkedCard } from './LinkedCard.tsx'
import type { PaymentStory } from './loadPaymentStory.ts'
import { RuleCard } from './RuleCard.tsx'
import { AnswerCard, SecondLookCard } from './SkippedCards.tsx'
import { type VerdictWords, verdictOf } from './verdictOf.ts'

type Props = {
  adminRoute: string
  commission: DecidedCommission
  mayAdjust: boolean
  story: PaymentStory & { commission: NonNullable<PaymentStory['commission']> }
  times: Times
}

/** A decision: the answer, then the evidence at the left and what it was made of at the right. */
export const DecisionPage = (props: Props) => {
  const { adminRoute, commission, story, times } = props
  const linkTo = (slug: string, id: string) => `${adminRoute}/collections/${slug}/${id}`
  const verdict = verdictOf(commission, {
    payerName: story.payer.name,
    referrerName: story.commission.referrer?.name ?? null,
    writeDay: times.day,
  })
  return (
    <>
      <Verdict amount={amountOf(verdict, commission)} title={verdict.title} tone={verdict.tone}>
        {verdict.detail}
      </Verdict>
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
  skipped:
    'Nothing was posted for this payment. The decision is stored and stays as it is, whatever changes later.',
  held: 'Nothing is posted yet. What is left of the commission is posted when the hold ends.',
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
          text={answerForMember(commission, times.dayOfMonth(story.commission.decidedAt))}
        />
        <SecondLookCard
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
  { stands, standsMinor }: VerdictWords,
  { currency, reason, status }: DecidedCommission,
) =>
  standsMinor === null ? (
    <>
      <StatusPill status={status} />
      <span className="t-sub t-code">{reason}</span>
    </>
  ) : (
    <>
      <strong>{formatMoney(standsMinor, currency)}</strong>
      <span className="t-sub">{stands}</span>
    </>
  )
