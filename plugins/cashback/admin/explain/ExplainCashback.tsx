import type { PayloadRequest } from 'payload'

import { isStaff } from '../../../../collections/access.ts'
import { MoneyTrail } from '../../../../src/admin/money/MoneyTrail.tsx'
import { Panel } from '../../../../src/admin/layout/Panel.tsx'
import { StatusPill } from '../../../../src/admin/status/StatusPill.tsx'
import { timesIn } from '../../../../src/admin/format/times.ts'
import { Verdict } from '../../../../src/admin/status/Verdict.tsx'
import { explainCashback } from '../../../../src/domain/cashback/explainCashback.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import {
  type CashbackStory,
  loadCashbackStory,
} from '../../../../src/cashback/ingestion/loadCashbackStory.ts'
import { CashbackSum } from './CashbackSum.tsx'
import { TransactionCard } from './TransactionCard.tsx'

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
  const { cashback } = story
  return (
    <>
      <Verdict amount={amountOf(story)} title={titleOf(story)} tone={TONE[cashback.status]}>
        {cashback.transaction.comment
          ? `The network’s note: ${cashback.transaction.comment}`
          : 'No note came with it.'}
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
