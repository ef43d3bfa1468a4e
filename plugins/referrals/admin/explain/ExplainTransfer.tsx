import type { PayloadRequest } from 'payload'

import { isStaff } from '../../../../collections/access.ts'
import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { Blank } from '../../../../src/admin/layout/Blank.tsx'
import { DecisionBanner } from '../../../../src/admin/status/DecisionBanner.tsx'
import { formatMoney } from '../../../../src/domain/money.ts'
import { labelOf } from '../../../../src/domain/labels.ts'
import type { WalletTransaction } from '../../../../src/payload-types.ts'
import { ExplainCashback } from '../../../cashback/admin/explain/ExplainCashback.tsx'
import { ExplainWithdrawalMove } from '../../../payouts/admin/ExplainWithdrawalMove.tsx'
import { ExplainPayment } from './ExplainPayment.tsx'

/** Explains a transfer: the decision on its payment or order, its withdrawal, or the reason that a person gave. */
export const ExplainTransfer = async ({
  req,
  transfer,
}: {
  req: PayloadRequest
  transfer: WalletTransaction
}) => {
  if (!isStaff(req)) return null
  const payment = idOf(transfer.payment)
  if (payment) return ExplainPayment({ paymentId: payment, req })

  const event = idOf(transfer.cashbackEvent)
  if (event) return ExplainCashback({ eventId: event, req })

  const withdrawal = idOf(transfer.withdrawal)
  if (withdrawal) return ExplainWithdrawalMove({ req, transfer, withdrawal })

  const adjustment = idOf(transfer.adjustment)
  const { admin } = req.payload.config.routes
  if (!transfer.reason && !adjustment) {
    return (
      <Blank title="No reason was stored with this transfer">
        Its key names the cause: <span className="t-code">{transfer.key}</span>
      </Blank>
    )
  }
  return (
    <DecisionBanner
      amount={
        <>
          <strong>{formatMoney(transfer.amountMinor, transfer.currency)}</strong>
          <span className="t-sub">posted, and never edited</span>
        </>
      }
      title={`${labelOf(transfer.kind)}: ${transfer.reason ?? 'no reason was stored'}`}
      tone="good"
    >
      A person posted this transfer, not a rule.{' '}
      {adjustment && (
        <AdminLink href={`${admin}/collections/adjustments/${adjustment}`}>
          Who requested and who approved it
        </AdminLink>
      )}
    </DecisionBanner>
  )
}

const idOf = (related: { id: string } | string | null | undefined): string | null =>
  (typeof related === 'object' ? related?.id : related) ?? null
