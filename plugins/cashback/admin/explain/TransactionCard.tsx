import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { type Fact, Facts } from '../../../../src/admin/layout/Facts.tsx'
import { Panel } from '../../../../src/admin/layout/Panel.tsx'
import type { Times } from '../../../../src/admin/format/times.ts'
import type { CashbackStory } from '../../../../src/cashback/ingestion/loadCashbackStory.ts'

type Props = { linkTo: (slug: string, id: string) => string; story: CashbackStory; times: Times }

/** The order behind it: whose, by which click, what the network last said and when. */
export const TransactionCard = (props: Props) => (
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
    { name: 'Order number', value: transaction.orderId ?? 'not told' },
    { name: 'Network', value: link('networks', network.id, network.name) },
    { name: 'Its word', value: cashback.transaction.rawStatus },
    { name: 'Sold', value: times.full(transaction.eventAt) },
    {
      name: 'Click',
      value: click ? link('clicks', click.id, times.full(click.at)) : 'none, assigned by hand',
    },
    { name: 'Tracked', value: times.full(story.trackedAt) },
    { name: 'Last asked', value: times.full(transaction.observedAt) },
    ...(transaction.changedAt
      ? [{ name: 'Changed there', value: times.full(transaction.changedAt) }]
      : []),
    ...(autoApprovedAt ? [{ name: 'Approved by age', value: times.full(autoApprovedAt) }] : []),
    ...(transaction.paidAt
      ? [{ name: 'Paid by the network', value: times.full(transaction.paidAt) }]
      : []),
  ]
}
