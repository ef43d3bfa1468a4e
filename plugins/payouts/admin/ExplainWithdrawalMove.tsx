import type { PayloadRequest } from 'payload'

import { AdminLink } from '../../../src/admin/layout/AdminLink.tsx'
import { DecisionBanner } from '../../../src/admin/status/DecisionBanner.tsx'
import { describeMove } from '../../../src/domain/payouts/describeMove.ts'
import { formatMoney } from '../../../src/domain/money.ts'
import { explainOne } from '../endpoints/withdrawals/explainWithdrawal.ts'

type Props = {
  req: PayloadRequest
  transfer: { amountMinor: number; currency: string; kind: string }
  withdrawal: string
}

/** Explains one transfer of a withdrawal to the staff. */
export const ExplainWithdrawalMove = async ({ req, transfer, withdrawal }: Props) => {
  const { reference, status, words } = await explainOne(req, withdrawal)
  const { admin } = req.payload.config.routes
  return (
    <DecisionBanner
      amount={<strong>{formatMoney(transfer.amountMinor, transfer.currency)}</strong>}
      title={describeMove({ kind: transfer.kind, reference, status })}
      tone="good"
    >
      {words}{' '}
      <AdminLink href={`${admin}/collections/withdrawals/${withdrawal}`}>The withdrawal</AdminLink>
    </DecisionBanner>
  )
}
