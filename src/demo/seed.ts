import { createLocalReq, type Payload, type PayloadRequest } from 'payload'

import { inTransaction } from '../database/inTransaction.ts'
import { seedCatalogue } from './seedCatalogue.ts'
import { seedPayouts } from './seedPayouts.ts'
import { MEMBERS, PAYMENTS, STAFF } from './people.ts'

type Given = { apiKey: string; password: string }

/**
 * Fills an empty database with the demo's people and payments, through the same hooks as real ones:
 * the product decides their commissions. In one transaction: a seed that is interrupted
 * leaves nothing.
 */
export const seed = async (payload: Payload, given: Given): Promise<void> => {
  const req = await createLocalReq({}, payload)
  await inTransaction(req, () => seedAll(req, given))
}

const seedAll = async (req: PayloadRequest, { apiKey, password }: Given): Promise<void> => {
  const { payload } = req
  for (const person of STAFF) {
    await payload.create({ collection: 'users', data: { ...person, password }, depth: 0, req })
  }
  await payload.create({
    collection: 'service-accounts',
    data: { name: 'Payment processor', scopes: ['payments:write'], enableAPIKey: true, apiKey },
    depth: 0,
    req,
  })

  const ids = new Map<string, string>()
  const phoneVerifiedAt = new Date().toISOString()
  for (const { referredBy, ...person } of MEMBERS) {
    const referrer = referredBy ? { referredBy: ids.get(referredBy) } : {}
    const { id } = await payload.create({
      collection: 'users',
      data: { ...person, ...referrer, role: 'member', password, phoneVerifiedAt },
      depth: 0,
      req,
    })
    ids.set(person.name, id)
  }
  await seedPayments(req, (name) => ids.get(name) ?? '')
  await seedCatalogue(req)
}

/** Sets the rules of payouts, in data of any age. */
export const seedPayoutRules = async (payload: Payload): Promise<void> => {
  const req = await createLocalReq({}, payload)
  await inTransaction(req, () => seedPayouts(req))
}

const seedPayments = async (req: PayloadRequest, idOf: (name: string) => string): Promise<void> => {
  const { payload } = req
  for (const [index, one] of PAYMENTS.entries()) {
    const { payer, refundMinor, status = 'completed', ...payment } = one
    const number = 1001 + index
    const { id } = await payload.create({
      collection: 'payments',
      data: { ...payment, reference: `PAY-${number}`, user: idOf(payer), status },
      depth: 0,
      req,
    })
    if (!refundMinor) continue
    await payload.create({
      collection: 'refunds',
      data: {
        reference: `REF-${number}`,
        payment: id,
        amountMinor: refundMinor,
        reason: 'One of two items returned',
      },
      depth: 0,
      req,
    })
  }
}
