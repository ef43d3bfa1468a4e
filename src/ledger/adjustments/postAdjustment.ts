import { recordAudit } from '../../platform/audit/recordAudit.ts'
import { postTransfer } from '../postTransfer.ts'
import { rebuildWallet } from '../verification/rebuildWallet.ts'
import { available, platform } from '../transfer.ts'
import type { Adjustment } from '../../payload-types.ts'
import { recordDecision, type Decided, type Decision } from './adjustmentStore.ts'

/**
 * Carries out a pending adjustment in the caller's transaction and stores who decided. A credit or
 * debit is a transfer between the member's wallet and `adjustments`; a rebuild sets the stored
 * balance to the sum of the wallet's transfers. The transfer's key lets it post once.
 *
 * @throws DomainError `adjustment.decided` it is no longer pending
 * @throws DomainError `wallet.insufficient-funds` a debit above the balance
 * @throws DomainError `request.not-found` there is no wallet to rebuild
 */
export const postAdjustment = async (decision: Decision): Promise<Decided> => {
  const decided = await recordDecision(decision, 'posted')
  if (decision.adjustment.effect === 'rebuild') await rebuild(decision)
  else await transfer(decision)
  return decided
}

const transfer = async ({ adjustment, at, decidedBy, req }: Decision): Promise<void> => {
  const [wallet, expense] = [available(idOf(adjustment.member)), platform('adjustments')]
  const isCredit = adjustment.effect === 'credit'
  await postTransfer({
    req,
    key: `adjustment:${adjustment.id}`,
    kind: 'adjustment',
    from: isCredit ? expense : wallet,
    to: isCredit ? wallet : expense,
    amountMinor: adjustment.amountMinor ?? 0,
    currency: adjustment.currency,
    links: { adjustment: adjustment.id },
    reason: adjustment.reason,
    occurredAt: at,
    ...(decidedBy ? { actor: decidedBy } : {}),
  })
}

const rebuild = async ({ adjustment, at, req }: Decision): Promise<void> => {
  const { currency, reason } = adjustment
  const owner = idOf(adjustment.member)
  const { after, before, walletId } = await rebuildWallet({
    req,
    kind: 'available',
    owner,
    currency,
    now: at,
  })
  const subject = { subject: 'wallets', subjectId: walletId }
  await recordAudit({ req, action: 'rebuild', ...subject, before, after, reason })
}

const idOf = (member: Adjustment['member']): string =>
  typeof member === 'object' ? member.id : member
