import type { PayloadRequest } from 'payload'

import { isStaff } from '../../../../collections/access.ts'
import { type Times, timesIn } from '../../../../src/admin/format/times.ts'
import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { type Fact, Facts } from '../../../../src/admin/layout/Facts.tsx'
import { Panel } from '../../../../src/admin/layout/Panel.tsx'
import { MoneyTrail } from '../../../../src/admin/money/MoneyTrail.tsx'
import { Sum, type SumRow } from '../../../../src/admin/money/Sum.tsx'
import { StatusPill } from '../../../../src/admin/status/StatusPill.tsx'
import { DecisionBanner } from '../../../../src/admin/status/DecisionBanner.tsx'
import {
  type CashbackStory,
  loadCashbackStory,
} from '../../../../src/cashback/ingestion/loadCashbackStory.ts'
import {
  explainCashback,
  type ExplainedCashback,
} from '../../../../src/domain/cashback/explainCashback.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { formatBps } from '../../../../src/domain/percent.ts'

const TONE = {
  pending: 'waiting',
  approved: 'good',
  paid: 'good',
  declined: 'bad',
  reversed: 'bad',
} as const

/** Explains the cashback of an order. For staff only; null for everyone else. */
export const ExplainCashback = async ({
  eventId,
  req,
}: {
  eventId: string
  req: PayloadRequest
}) => {
  if (!isStaff(req)) return null
  const story = await loadCashbackStory(req, eventId)
  if (!story) return null
  const times = timesIn(req.user?.collection === 'users' ? req.user.timeZone : null)
  const { admin } = req.payload.config.routes
  const linkTo = (slug: string, id: string) => `${admin}/collections/${slug}/${id}`
  const { cashback } = story
  return (
    <>
      <DecisionBanner amount={amountOf(story)} title={titleOf(story)} tone={TONE[cashback.status]}>
        {cashback.transaction.comment
          ? `The network’s note: ${cashback.transaction.comment}`
          : 'The network sent no note.'}
      </DecisionBanner>
      <div className="t-cols">
        <div>
          <MoneyTrail
            linkTo={linkTo}
            nothing="Nothing was posted for this order."
            times={times}
            transfers={story.transfers}
          />
        </div>
        <aside className="t-side">
          <Panel aside={<StatusPill status={cashback.status} />} title="Cashback">
            <CashbackSum cashback={cashback} />
          </Panel>
          <TransactionCard linkTo={linkTo} story={story} times={times} />
        </aside>
      </div>
    </>
  )
}

const titleOf = ({ member, network, cashback }: CashbackStory): string =>
  explainCashback(cashback, {
    is: 'staff',
    memberName: member.name,
    networkName: network.name,
  }).replace(/\.$/, '')

const amountOf = ({ cashback }: CashbackStory) => (
  <>
    <strong>{formatMoney(cashback.creditedMinor, cashback.currency)}</strong>
    <span className="t-sub">in the wallet</span>
  </>
)

/** The calculation of the cashback, from the network's commission to the amount in the wallet. */
const CashbackSum = ({ cashback }: { cashback: ExplainedCashback }) => (
  <Sum rows={rowsOf(cashback)} />
)

const rowsOf = ({
  amountMinor,
  creditedMinor,
  currency,
  autoApproval,
  rate,
  transaction,
}: ExplainedCashback) => {
  const money = (minor: number) => formatMoney(minor, currency)
  const base: SumRow[] =
    rate.basis === 'sale'
      ? [
          {
            name: 'Transaction',
            value: transaction.saleMinor === null ? 'not reported' : money(transaction.saleMinor),
          },
        ]
      : [
          { name: 'Commission', value: money(transaction.commissionMinor) },
          ...(transaction.reversedMinor < 0
            ? [{ name: 'Reversals', value: money(transaction.reversedMinor) }]
            : []),
        ]
  return [
    ...base,
    { name: `× rate ${formatBps(rate.rateBps)}`, value: money(amountMinor) },
    ...(typeof autoApproval?.capMinor === 'number'
      ? [{ name: 'Cap of automatic approval', value: money(autoApproval.capMinor) }]
      : []),
    { name: 'In the wallet', value: money(creditedMinor), isResult: true },
  ]
}

type Props = { linkTo: (slug: string, id: string) => string; story: CashbackStory; times: Times }

/** The order behind the cashback: its member, its click and the network's latest observation. */
const TransactionCard = (props: Props) => (
  <Panel title="Order">
    <Facts facts={factsOf(props)} />
  </Panel>
)

const factsOf = ({ linkTo, story, times }: Props): Fact[] => {
  const { click, autoApprovedAt, member, network, transaction, cashback } = story
  const link = (slug: string, id: string, text: string) => (
    <AdminLink href={linkTo(slug, id)}>{text}</AdminLink>
  )
  return [
    { name: 'Member', value: link('users', member.id, member.name) },
    {
      name: 'Transaction',
      value: link('network-transactions', transaction.id, transaction.externalId),
    },
    { name: 'Order number', value: transaction.orderId ?? 'not reported' },
    { name: 'Network', value: link('networks', network.id, network.name) },
    { name: 'Status at the network', value: cashback.transaction.rawStatus },
    { name: 'Time of the transaction', value: times.full(transaction.eventAt) },
    {
      name: 'Click',
      value: click ? link('clicks', click.id, times.full(click.at)) : 'none, assigned by a person',
    },
    { name: 'Tracked', value: times.full(story.trackedAt) },
    { name: 'Last observed', value: times.full(transaction.observedAt) },
    ...(transaction.changedAt
      ? [{ name: 'Changed at the network', value: times.full(transaction.changedAt) }]
      : []),
    ...(autoApprovedAt
      ? [{ name: 'Approved automatically', value: times.full(autoApprovedAt) }]
      : []),
    ...(transaction.paidAt
      ? [{ name: 'Paid by the network', value: times.full(transaction.paidAt) }]
      : []),
  ]
}
