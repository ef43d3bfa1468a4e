import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { type Fact, Facts } from '../../../../src/admin/layout/Facts.tsx'
import { Panel } from '../../../../src/admin/layout/Panel.tsx'
import type { PaymentStory } from './loadPaymentStory.ts'

type Props = { story: PaymentStory; linkTo: (slug: string, id: string) => string }

/** The documents that this decision is about. */
export const LinkedCard = ({ linkTo, story }: Props) => (
  <Panel title="Linked">
    <Facts facts={linksOf({ linkTo, story })} />
  </Panel>
)

const linksOf = ({ linkTo, story }: Props): Fact[] => {
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
