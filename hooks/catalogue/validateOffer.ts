import { type CollectionBeforeValidateHook, type PayloadRequest, ValidationError } from 'payload'

import { buildDeepLink } from '../../src/domain/cashback/deepLink.ts'
import type { Merchant, Offer } from '../../src/payload-types.ts'

/**
 * Refuses an offer with a page on another host than the merchant's, with a category that the
 * merchant does not have, or with an end before its start. A click checks the page again, because
 * hosts may change later.
 */
export const validateOffer: CollectionBeforeValidateHook<Offer> = async ({
  data,
  originalDoc,
  req,
}) => {
  const row = { ...originalDoc, ...data }
  const { category, endsAt, startsAt, url } = row
  const merchant = url || category ? await findMerchant(row, req) : null
  const errors = [
    ...(url && merchant && !isOnHosts(url, merchant)
      ? [{ path: 'url', message: 'Give an https page on one of the merchant’s hosts.' }]
      : []),
    ...(category && merchant && !merchant.categories?.some(({ name }) => name === category)
      ? [{ path: 'category', message: 'Give one of the merchant’s categories.' }]
      : []),
    ...(startsAt && endsAt && new Date(startsAt) >= new Date(endsAt)
      ? [{ path: 'endsAt', message: 'Give a time after the start.' }]
      : []),
  ]
  if (errors.length > 0) throw new ValidationError({ collection: 'offers', errors }, req.t)
  return data
}

/** Null if the offer names none: the field's own rule refuses that. */
const findMerchant = async (
  { merchant }: Partial<Offer>,
  req: PayloadRequest,
): Promise<Merchant | null> => {
  const id = typeof merchant === 'object' ? merchant.id : merchant
  if (!id) return null
  const collection = 'merchants'
  return req.payload.findByID({ collection, id, depth: 0, disableErrors: true, req })
}

const isOnHosts = (url: string, { deepLinkHosts }: Merchant): boolean => {
  try {
    buildDeepLink(url, deepLinkHosts ?? [])
    return true
  } catch {
    return false
  }
}
