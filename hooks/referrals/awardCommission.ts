import { sql } from '@payloadcms/db-postgres'
import type { CollectionAfterChangeHook, PayloadRequest } from 'payload'

import { dbIn } from '../../src/database/dbIn.ts'
import { DomainError } from '../../src/domain/errors.ts'
import {
  type CommissionFacts,
  computeCommission,
  type Person,
  type Program,
} from '../../src/domain/referrals/commission.ts'
import { postTransfer } from '../../src/ledger/postTransfer.ts'
import { available, platform } from '../../src/ledger/transfer.ts'
import type { Payment } from '../../src/payload-types.ts'
import { now } from '../../src/platform/clock.ts'
import { notifyEarned } from '../../src/referrals/notifyEarned.ts'
import { recordCommission } from '../../src/referrals/commissionStore.ts'

/**
 * Pays the referrer when a payment becomes `completed`.
 *
 * Runs in the request's transaction: payment, decision and transfer commit together or not at all.
 * Unique keys make a repeated event a no-op, whatever `previousDoc` holds. A payment that earns
 * nothing is stored with the reason, so that "why was I not paid?" has an answer.
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
  if (isNew) await notifyEarned(req, [id], facts.now)
}

/**
 * Loads the facts of the commission rule in one round trip, in the request's transaction: the
 * programme, the payer, the referrer, the referrers above, and the payer's earlier awards.
 *
 * @throws DomainError `program.not-configured` the programme's row is missing
 */
const loadReferral = async ({
  now,
  payment,
  req,
}: {
  now: Date
  payment: { id: string; payerId: string; amountMinor: number; currency: string }
  req: PayloadRequest
}): Promise<CommissionFacts> => {
  const db = await dbIn(req)
  const { rows } = await db.execute<{ referral: Referral | null }>(
    sql`select referral_of(${payment.payerId}, ${payment.id}, ${MAX_LEVELS}) as referral`,
  )
  const referral = rows[0]?.referral
  if (!referral?.program) {
    throw new DomainError('program.not-configured', 'The affiliate programme has no configuration.')
  }
  const { earlierAwards, isLoop, payer, program, referrer, registeredAt } = referral
  return {
    payment: { amountMinor: payment.amountMinor, currency: payment.currency },
    payer: { ...payer, registeredAt: new Date(registeredAt) },
    referrer,
    isLoop,
    earlierAwards,
    program,
    now,
  }
}

/** Far more levels of referral than members build: it bounds the work on hostile data. */
const MAX_LEVELS = 100

/** The JSON that src/referrals/sql/referral_of.sql builds. */
type Referral = {
  payer: Person
  registeredAt: string
  referrer: (Person & { affiliateActive: boolean }) | null
  isLoop: boolean
  earlierAwards: number
  program: Program | null
}
