import type { PayloadRequest } from 'payload'

import { dbIn } from '../../database/dbIn.ts'
import { decideAutoApproval } from '../../domain/payouts/decideAutoApproval.ts'
import { postTransfer } from '../../ledger/postTransfer.ts'
import { notifyWithdrawals } from '../notifyWithdrawals.ts'
import { createReference } from '../references.ts'
import { holdTransfer } from '../transfersOf.ts'
import { type Prepared, prepareRequest, type RequestInput } from './prepareRequest.ts'
import { changeWithdrawals, insertWithdrawal } from './withdrawalStore.ts'

export type Requested = {
  id: string
  reference: string
  status: 'approved' | 'requested'
  grossMinor: number
  feeMinor: number
  deductionMinor: number
  netMinor: number
  currency: string
}

/**
 * Requests a withdrawal for a member in the caller's transaction: the gross amount goes from
 * `available` to `held` with the row. Requests of one member follow each other, so that together they
 * hold at most the balance. A small request of a member of standing is approved at once.
 *
 * @throws DomainError the codes of `refuseRequest` and `quoteWithdrawal`, with the field
 */
export const requestWithdrawal = async (
  req: PayloadRequest,
  input: RequestInput,
): Promise<Requested> => {
  const db = await dbIn(req)
  const prepared = await prepareRequest(req, input)
  const { now } = input
  const { quote, rule, stored } = prepared
  const reasons = listManualReasons(prepared, input)
  const reference = createReference('W')
  const { grossMinor, feeMinor, deductionMinor, netMinor, platformFeeMinor } = quote
  const amounts = { grossMinor, feeMinor, deductionMinor, netMinor, currency: input.currency }
  const id = await insertWithdrawal(
    db,
    {
      ...amounts,
      reference,
      member: input.member,
      method: input.method,
      methodKind: stored.method.kind,
      driver: rule.driver,
      bankProfile: rule.bankProfile,
      platformFeeMinor,
      quote: {
        rule,
        lines: quote.lines,
        deductions: prepared.deductions,
        byHand: reasons.map(({ words }) => words),
      },
      taxId: stored.taxId,
      approvalsNeeded: grossMinor > rule.fourEyesAboveMinor ? 2 : 1,
    },
    now,
  )
  await postTransfer({ req, ...holdTransfer({ ...amounts, id, member: input.member }) })
  await notifyWithdrawals(req, [{ id, event: 'withdrawal-requested' }], now)
  const status = reasons.length === 0 ? 'approved' : 'requested'
  if (status === 'approved') {
    await changeWithdrawals(db, [{ id, status, isAutoApproved: true }], now)
  }
  return { id, reference, status, ...amounts }
}

/** Why a person has to approve; none if the request is approved at once. */
const listManualReasons = ({ rule, stored }: Prepared, { grossMinor, now }: RequestInput) =>
  decideAutoApproval({
    now,
    rule,
    grossMinor,
    autoDayMinor: stored.autoDayMinor,
    memberSince: new Date(stored.memberSince),
    settledCount: stored.settledCount,
    isAccountShared: stored.sharesAccount,
    nameMatch: stored.method.nameMatch,
    hasNegativeWallet: stored.wallet.isAnyNegative,
    isUnderReview: stored.isUnderReview,
    lastReturnedAt: stored.lastReturnedAt === null ? null : new Date(stored.lastReturnedAt),
    hasLateSuccess: stored.lateSuccesses > 0,
    methodChangedAt: new Date(stored.method.verifiedAt ?? now),
  })
