import { z } from 'zod'

import { type Connection, exchange } from '../exchange.ts'
import { readAmount } from './readAmount.ts'

/** The live service. */
export const TREMENDOUS_URL = 'https://api.tremendous.com/api/v2'

/** A gift card of the catalogue in one currency. */
type GiftCardProduct = {
  id: string
  name: string
  /** Tremendous's word, such as `merchant_card`. */
  category: string
  currency: string
  /** ISO 3166 codes of the countries where it can be used. */
  countries: string[]
  /** The amounts that can be ordered, in minor units; none listed: any amount. */
  denominations: Denomination[]
}
type Denomination =
  { kind: 'fixed'; amountMinor: number } | { kind: 'range'; minMinor: number; maxMinor: number }

type Listed =
  | { kind: 'products'; products: GiftCardProduct[] }
  /** The catalogue could not be read. */
  | { kind: 'failed'; code: string; detail: string }

type Options = Omit<Connection, 'baseUrl'> & { apiKey: string; baseUrl?: string | undefined }

/**
 * Lists the catalogue of Tremendous, one entry for each product and currency. Never throws. A
 * product that cannot be read is left out.
 *
 * Source: `GET /products`, https://developers.tremendous.com/reference/list-products
 */
export const listProducts = async (
  { apiKey, baseUrl = TREMENDOUS_URL, ...connection }: Options,
  { signal }: { signal: AbortSignal },
): Promise<Listed> => {
  const exchanged = await exchange({
    connection: { ...connection, baseUrl },
    method: 'GET',
    path: '/products',
    headers: { authorization: `Bearer ${apiKey}` },
    signal,
  })
  if (exchanged.kind !== 'answer') {
    return { kind: 'failed', code: exchanged.code, detail: exchanged.detail }
  }
  const { body, status } = exchanged.answer
  const { data } = Catalogue.safeParse(body)
  if (status === 200 && data)
    return { kind: 'products', products: data.products.flatMap(toEntries) }
  const detail = 'Tremendous sent no catalogue'
  return { kind: 'failed', code: status === 200 ? 'malformed-reply' : `http-${status}`, detail }
}

const Product = z.object({
  id: z.string().min(1),
  name: z.string(),
  category: z.string(),
  currency_codes: z.array(z.string()),
  countries: z.array(z.object({ abbr: z.string() })).nullish(),
  skus: z.array(z.object({ min: z.number(), max: z.number() })).nullish(),
})
const Catalogue = z.object({ products: z.array(Product.nullable().catch(null)) })

const toEntries = (product: z.output<typeof Product> | null): GiftCardProduct[] => {
  if (!product) return []
  const { category, countries, currency_codes: currencies, id, name, skus } = product
  return currencies.flatMap((currency) => {
    const denominations = (skus ?? []).map(toDenomination(currency))
    if (denominations.includes(null)) return []
    return {
      id,
      name,
      category,
      currency,
      countries: (countries ?? []).map(({ abbr }) => abbr),
      denominations: denominations.filter((each) => each !== null),
    }
  })
}

const toDenomination =
  (currency: string) =>
  ({ max, min }: { min: number; max: number }): Denomination | null => {
    const minMinor = readAmount(min, currency)
    const maxMinor = readAmount(max, currency)
    if (minMinor === null || maxMinor === null || minMinor > maxMinor) return null
    return minMinor === maxMinor
      ? { kind: 'fixed', amountMinor: minMinor }
      : { kind: 'range', minMinor, maxMinor }
  }
