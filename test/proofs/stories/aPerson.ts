import { randomUUID } from 'node:crypto'

import { aUser, signIn } from '../../support/factories.ts'
import { ask } from './ask.ts'
import type { NetworkName } from './networkSettings.ts'
import type { Testbed } from './startTestbed.ts'

/** A member who goes to one shop, and what belongs to them. */
export type Person = {
  id: string
  network: NetworkName
  authorization: string
  /** Its slug. */
  merchant: string
}

/** A member and a shop of their own at a network. */
export const aPerson = async (
  { networks, product: { payload } }: Testbed,
  { ageCapMinor = null, network }: { network: NetworkName; ageCapMinor?: number | null },
): Promise<Person> => {
  const member = await aUser(payload)
  const slug = `shop-${randomUUID()}`
  await payload.create({
    collection: 'merchants',
    data: {
      name: 'Corner & Co',
      slug,
      ageCapMinor,
      rateBasis: 'commission',
      rateBps: 7_000,
      programs: [
        {
          network: networks[network],
          programId: slug,
          trackingUrl: 'https://track.example.test/go?offer=1',
        },
      ],
    } as never,
    depth: 0,
  })
  const authorization = await signIn(payload, member)
  return { id: member.id, network, authorization, merchant: slug }
}

/** Goes to the shop, and answers the click's id as the shop's link carries it. */
export const aClick = async ({ product }: Testbed, person: Person): Promise<string> => {
  const body = { merchant: person.merchant }
  const { authorization } = person
  const url = `${product.web.baseUrl}/api/clicks`
  return (await ask<{ clickId: string }>(url, { authorization, body })).clickId
}

/** What they can spend, as they see it. */
export const balanceSeenBy = async (
  { product }: Testbed,
  { authorization }: Person,
  currency: string,
): Promise<number> => {
  const url = `${product.web.baseUrl}/api/billing/wallet/balance?currency=${currency}`
  return (await ask<{ balanceMinor: number }>(url, { authorization })).balanceMinor
}
