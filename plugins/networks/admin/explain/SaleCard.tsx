import { AdminLink } from '../../../../src/admin/AdminLink.tsx'
import { type Fact, Facts } from '../../../../src/admin/Facts.tsx'
import { Panel } from '../../../../src/admin/Panel.tsx'
import type { Times } from '../../../../src/admin/times.ts'
import type { CashbackStory } from '../../../../src/sync/loadCashbackStory.ts'

type Props = { linkTo: (slug: string, id: string) => string; story: CashbackStory; times: Times }

/** The order behind it: whose, by which click, what the network last said and when. */
export const SaleCard = (props: Props) => (
  <Panel title="Order">
    <Facts facts={factsOf(props)} />
  </Panel>
)

const factsOf = ({ linkTo, story, times }: Props): Fact[] => {
  const { click, grantedAt, member, network, sale, told } = story
  const link = (slug: string, id: string, text: string) => (
    <AdminLink href={linkTo(slug, id)}>{text}</AdminLink>
  )
  return [
    { name: 'Member', value: link('users', member.id, member.name) },
    { name: 'Sale', value: link('network-transactions', sale.id, sale.externalId) },
    { name: 'Order number', value: sale.orderId ?? 'not told' },
    { name: 'Network', value: link('networks', network.id, network.name) },
    { name: 'Its word', value: told.sale.rawStatus },
    { name: 'Sold', value: times.full(sale.eventAt) },
    {
      name: 'Click',
      value: click ? link('clicks', click.id, times.full(click.at)) : 'none, assigned by hand',
    },
    { name: 'Tracked', value: times.full(story.trackedAt) },
    { name: 'Last asked', value: times.full(sale.observedAt) },
    ...(sale.changedAt ? [{ name: 'Changed there', value: times.full(sale.changedAt) }] : []),
    ...(grantedAt ? [{ name: 'Approved by age', value: times.full(grantedAt) }] : []),
    ...(sale.paidAt ? [{ name: 'Paid by the network', value: times.full(sale.paidAt) }] : []),
  ]
}
