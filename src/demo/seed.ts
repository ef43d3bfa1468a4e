import type { Payload } from 'payload'

import { MEMBERS, PAYMENTS, STAFF } from './people.ts'

/**
 * Fills an empty database with the demo's people and payments, through the same hooks as real
 * ones: what their commissions are is not written here, but decided.
 */
export const seed = async (
  payload: Payload,
  { apiKey, password }: { apiKey: string; password: string },
): Promise<void> => {
  for (const person of STAFF) {
    await payload.create({ collection: 'users', data: { ...person, password }, depth: 0 })
  }
  await payload.create({
    collection: 'service-accounts',
    data: { name: 'Payment processor', scopes: ['payments:write'], enableAPIKey: true, apiKey },
    depth: 0,
  })

  const ids = new Map<string, string>()
  for (const { referredBy, ...person } of MEMBERS) {
    const referrer = referredBy ? { referredBy: ids.get(referredBy) } : {}
    const { id } = await payload.create({
      collection: 'users',
      data: { ...person, ...referrer, role: 'member', password },
      depth: 0,
    })
    ids.set(person.name, id)
  }
  for (const [index, { payer, status = 'completed', ...payment }] of PAYMENTS.entries()) {
    await payload.create({
      collection: 'payments',
      data: { ...payment, reference: `PAY-${1001 + index}`, user: ids.get(payer) ?? '', status },
      depth: 0,
    })
  }
}
