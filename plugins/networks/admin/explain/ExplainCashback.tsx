import type { PayloadRequest } from 'payload'

import { isStaff } from '../../../../collections/access.ts'
import { MoneyTrail } from '../../../../src/admin/MoneyTrail.tsx'
import { Panel } from '../../../../src/admin/Panel.tsx'
import { StatusPill } from '../../../../src/admin/StatusPill.tsx'
import { timesIn } from '../../../../src/admin/times.ts'
import { Verdict } from '../../../../src/admin/Verdict.tsx'
import { explainCashback } from '../../../../src/domain/explainCashback.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { type CashbackStory, loadCashbackStory } from '../../../../src/sync/loadCashbackStory.ts'
import { CashbackSum } from './CashbackSum.tsx'
import { SaleCard } from './SaleCard.tsx'

const TONE = {
  pending: 'waiting',
  approved: 'good',
  paid: 'good',
  declined: 'bad',
  reversed: 'bad',
} as const

/** Why an order earned what it earned, or nothing. For staff; nothing at all for anybody else. */
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
  const { told } = story
  return (
    <>
      <Verdict amount={amountOf(story)} title={titleOf(story)} tone={TONE[told.status]}>
        {told.sale.comment ? `The network’s note: ${told.sale.comment}` : 'No note came with it.'}
      </Verdict>
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
          <Panel aside={<StatusPill status={told.status} />} title="Cashback">
            <CashbackSum told={told} />
          </Panel>
          <SaleCard linkTo={linkTo} story={story} times={times} />
        </aside>
      </div>
    </>
  )
}

const titleOf = ({ member, network, told }: CashbackStory): string =>
  explainCashback(told, {
    is: 'staff',
    memberName: member.name,
    networkName: network.name,
  }).replace(/\.$/, '')

const amountOf = ({ told }: CashbackStory) => (
  <>
    <strong>{formatMoney(told.creditedMinor, told.currency)}</strong>
    <span className="t-sub">in the wallet</span>
  </>
)
