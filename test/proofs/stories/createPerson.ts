import { randomUUID } from 'node:crypto'

import { createMerchant } from '../../support/cashbackFactories.ts'
import { createUser, signIn } from '../../support/factories.ts'
import { requestJson } from './requestJson.ts'
import type { NetworkName } from './networkSettings.ts'
import type { Testbed } from './startTestbed.ts'

/** A member with one merchant. */
export type Person = {
  id: string
  network: NetworkName
  authorization: string
  /** The slug of the merchant. */
  merchant: string
}

/** Creates a member, and a merchant at the network that no other member uses. */
export const createPerson = async (
  { networks, product: { payload } }: Testbed,
  { ageCapMinor = null, network }: { network: NetworkName; ageCapMinor?: number | null },
): Promise<Person> => {
  const member = await createUser(payload)
  const slug = `merchant-${randomUUID()}`
  const trackingUrl = 'https://track.example.test/go?offer=1'
  await createMerchant(payload, {
    slug,
    ageCapMinor,
    rateBasis: 'commission',
    rateBps: 7_000,
    programs: [{ network: networks[network], programId: slug, trackingUrl }],
  })
  const authorization = await signIn(payload, member)
  return { id: member.id, network, authorization, merchant: slug }
}

/**
 * Clicks out to the member's merchant. Returns the click's id, as the link to the network carries
 * it.
 */
export const requestClick = async ({ product }: Testbed, person: Person): Promise<string> => {
  const body = { merchant: person.merchant }
  const { authorization } = person
  const url = `${product.web.baseUrl}/api/clicks`
  return (await requestJson<{ clickId: string }>(url, { authorization, body })).clickId
}

/** Reads the member's available balance from the API, in minor units. */
export const fetchBalance = async (
  { product }: Testbed,
  { authorization }: Person,
  currency: string,
): Promise<number> => {
  const url = `${product.web.baseUrl}/api/billing/wallet/balance?currency=${currency}`
  return (await requestJson<{ balanceMinor: number }>(url, { authorization })).balanceMinor
}
