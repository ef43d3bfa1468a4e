import type { CollectionAfterChangeHook } from 'payload'

import { clawBack } from '../../src/referrals/clawBack.ts'
import type { Refund } from '../../src/payload-types.ts'

/**
 * Claws the commission back when its payment is refunded, in the refund's transaction.
 * `guardRefund` has locked the payment, so refunds of one payment follow one another.
 */
export const clawBackCommission: CollectionAfterChangeHook<Refund> = async ({
  doc,
  operation,
  req,
}) => {
  if (operation !== 'create') return doc
  const paymentId = typeof doc.payment === 'object' ? doc.payment.id : doc.payment
  await clawBack({ paymentId, refundId: doc.id, req })
  return doc
}
