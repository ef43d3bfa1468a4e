import { type CollectionBeforeValidateHook, type PayloadRequest, ValidationError } from 'payload'

import { deepLinkOf } from '../src/domain/deepLink.ts'
import type { Merchant, Offer } from '../src/payload-types.ts'

/**
 * Refuses an offer that leads out of its merchant's shop, or promises the rate of a category that
 * the merchant does not have. A click asks for the page again: hosts may change later.
 */
export const keepOfferInShop: CollectionBeforeValidateHook<Offer> = async ({
  data,
  originalDoc,
  req,
}) => {
  const row = { ...originalDoc, ...data }
  const { category, endsAt, startsAt, url } = row
  const merchant = url || category ? await merchantOf(row, req) : null
  const errors = [
    ...(url && merchant && !leadsInto(url, merchant)
      ? [{ path: 'url', message: 'A page over https on one of the merchant’s hosts.' }]
      : []),
    ...(category && merchant && !merchant.categories?.some(({ name }) => name === category)
      ? [{ path: 'category', message: 'One of the merchant’s categories.' }]
      : []),
    ...(startsAt && endsAt && new Date(startsAt) >= new Date(endsAt)
      ? [{ path: 'endsAt', message: 'After its start.' }]
      : []),
  ]
  if (errors.length > 0) throw new ValidationError({ collection: 'offers', errors }, req.t)
  return data
}

/** Null where there is none: the field's own rule says so. */
const merchantOf = async (
  { merchant }: Partial<Offer>,
  req: PayloadRequest,
): Promise<Merchant | null> => {
  const id = typeof merchant === 'object' ? merchant.id : merchant
  if (!id) return null
  const collection = 'merchants'
  return req.payload.findByID({ collection, id, depth: 0, disableErrors: true, req })
}

const leadsInto = (url: string, { deepLinkHosts }: Merchant): boolean => {
  try {
    deepLinkOf(url, deepLinkHosts ?? [])
    return true
  } catch {
    return false
  }
}
