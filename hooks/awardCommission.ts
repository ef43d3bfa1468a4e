import type { CollectionAfterChangeHook, PayloadRequest } from 'payload'

import { now } from '../src/clock.ts'
import { tellEarned } from '../src/commissions/tellEarned.ts'
import { recordCommission } from '../src/commissions/recordCommission.ts'
import { computeCommission, type CommissionFacts } from '../src/domain/commission.ts'
import { postTransfer } from '../src/ledger/postTransfer.ts'
import { available, platform } from '../src/ledger/walletRefs.ts'
import type { Payment } from '../src/payload-types.ts'
import { loadReferral } from './loadReferral.ts'

/**
 * Pays the referrer when a payment becomes `completed`.
 *
 * Runs inside the request's transaction: payment, decision and transfer commit together or not at
 * all. Unique keys make a repeated event a no-op, whatever `previousDoc` says. A refusal is stored
 * with its reason, so that "why was I not paid?" has an answer.
 */
export const awardCommission: CollectionAfterChangeHook<Payment> = async ({
  doc,
  previousDoc,
  req,
}) => {
  const wasCompleted = (previousDoc as Payment | undefined)?.status === 'completed'
  if (doc.status !== 'completed' || wasCompleted) return doc

  const payerId = typeof doc.user === 'object' ? doc.user.id : doc.user
  const payment = { ...doc, payerId }
  await decide(payment, await loadReferral({ now: now(), payment, req }), req)
  return doc
}

const decide = async (payment: Payment, facts: CommissionFacts, req: PayloadRequest) => {
  const decision = computeCommission(facts)
  const recorded = await recordCommission({ decision, facts, paymentId: payment.id, req })
  if (recorded === 'decided-before') return
  if (recorded === 'first-taken') {
    await decide(payment, { ...facts, earlierAwards: facts.earlierAwards + 1 }, req)
    return
  }
  if (decision.status !== 'awarded' || !decision.referrerId) return

  const { id, isNew } = await postTransfer({
    req,
    key: `commission:payment:${payment.id}`,
    kind: 'commission',
    from: platform('commission-expense'),
    to: available(decision.referrerId),
    amountMinor: decision.amountMinor,
    currency: payment.currency,
    links: { commission: recorded.id, payment: payment.id },
    occurredAt: facts.now,
  })
  if (isNew) await tellEarned(req, [id], facts.now)
}
