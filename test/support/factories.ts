import { randomBytes, randomUUID } from 'node:crypto'

import type { Payload } from 'payload'

import type { Payment, ServiceAccount, User } from '../../src/payload-types.ts'

type Given<T> = Partial<Omit<T, 'collection'>>

export const PASSWORD = 'correct-horse-battery'

/**
 * Each factory fills in what a test does not care about; a test states only what it is about. A
 * person has confirmed the e-mail address, as programmes require by default.
 */
export const createUser = (payload: Payload, over: Given<User> = {}): Promise<User> =>
  payload.create({
    collection: 'users',
    data: {
      email: `${randomUUID()}@example.test`,
      password: PASSWORD,
      role: 'member',
      emailVerifiedAt: '2026-01-01T00:00:00.000Z',
      ...over,
    },
    depth: 0,
  })

/** A member who was referred by another who takes part in the programme. */
export const createReferral = async (payload: Payload, over: Given<User> = {}) => {
  const affiliate = await createUser(payload, { affiliateActive: true, ...over })
  return { affiliate, buyer: await createUser(payload, { referredBy: affiliate.id }) }
}

export const createPayment = (
  payload: Payload,
  over: Partial<Payment> & Pick<Payment, 'user'>,
): Promise<Payment> =>
  payload.create({
    collection: 'payments',
    data: {
      reference: randomUUID(),
      amountMinor: 10_000,
      currency: 'INR',
      status: 'pending',
      ...over,
    },
    depth: 0,
  })

/** The `Authorization` header of a person who signed in. */
export const signIn = async (payload: Payload, user: Pick<User, 'email'>): Promise<string> => {
  const { token } = await payload.login({
    collection: 'users',
    data: { email: user.email, password: PASSWORD },
  })
  return `JWT ${token ?? ''}`
}

/** The `Authorization` header of a machine with these scopes. */
export const createMachine = async (
  payload: Payload,
  scopes: ServiceAccount['scopes'],
): Promise<string> => {
  const apiKey = randomBytes(24).toString('hex')
  await payload.create({
    collection: 'service-accounts',
    data: { name: 'machine', scopes, enableAPIKey: true, apiKey },
    depth: 0,
  })
  return `service-accounts API-Key ${apiKey}`
}

/** What a member can spend, in minor units; 0 without a wallet. */
export const readBalance = async (payload: Payload, owner: string, currency = 'INR') => {
  const { docs } = await payload.find({
    collection: 'wallets',
    where: {
      and: [
        { owner: { equals: owner } },
        { kind: { equals: 'available' } },
        { currency: { equals: currency } },
      ],
    },
    depth: 0,
  })
  return docs[0]?.balanceMinor ?? 0
}
