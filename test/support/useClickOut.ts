import { request } from 'node:http'

import type { Merchant, Network } from '../../src/payload-types.ts'
import { clickOutRoute } from '../../src/server/edge/clickOutRoute.ts'
import { aShop } from './aShop.ts'
import { aUser, signIn } from './factories.ts'
import { startEdge } from './startEdge.ts'
import { type Product, startProduct } from './startProduct.ts'

const BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0'

type Asked = {
  /** With its question mark. */
  query?: string
  headers?: Record<string, string>
  method?: string
  slug?: string
}
type Told = {
  status: number
  headers: Record<string, unknown>
  /** Empty where nobody was sent anywhere. */
  location: string
  problem: { code: string; field?: string } | undefined
}
type Row = {
  clickId: string
  member: string | null
  isBot: boolean
  url: string
  offer: string | null
  bps: number
  basis: string
}
type Shop = { merchant: Merchant; network: Network; member: string; authorization: string }

/** Ways to shops over real HTTP: one product and one member a file, a new shop for each test. */
export const useClickOut = () => {
  let product: Product
  let edge: Awaited<ReturnType<typeof startEdge>>
  let shop: Shop
  beforeAll(async () => {
    product = await startProduct()
    const { payload } = product
    edge = await startEdge(
      clickOutRoute({ payload, frontendUrl: MEMBERS_PAGES, rateLimitFactor: null }),
    )
    const user = await aUser(payload)
    const authorization = await signIn(payload, user)
    shop = { member: user.id, authorization } as Shop
  })
  afterAll(async () => {
    await edge.close()
    await product.close()
  })
  beforeEach(async () => {
    shop = { ...shop, ...(await aShop(product.payload)) }
  })

  const go = async ({ headers, method = 'GET', query = '', slug }: Asked = {}): Promise<Told> =>
    ask(`${edge.url}/out/${slug ?? shop.merchant.slug}${query}`, method, headers)
  return {
    product: () => product,
    shop: () => shop,
    go,
    asMember: (asked: Asked = {}) =>
      go({ ...asked, headers: { authorization: shop.authorization, ...asked.headers } }),
    /** The clicks of a shop, in their order. */
    clicks: (slug = shop.merchant.slug) =>
      product.sql<Row>(`
        select c.click_id as "clickId", c.member_id::text as member, c.is_bot as "isBot", c.url,
          c.offer_id::text as offer, c.rate_bps::int as bps, c.rate_basis::text as basis
        from clicks c join merchants m on m.id = c.merchant_id where m.slug = '${slug}' order by c.id`),
    change: (data: Partial<Merchant>) =>
      product.payload.update({ collection: 'merchants', id: shop.merchant.id, data }),
  }
}

export const MEMBERS_PAGES = 'https://members.example.test/'

/** Not by fetch, which writes headers of its own. */
const ask = (url: string, method: string, headers: Record<string, string> = {}) =>
  new Promise<Told>((resolve, reject) => {
    const asked = request(url, { method, headers: { 'user-agent': BROWSER, ...headers } })
    asked.on('error', reject)
    asked.on('response', (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => (text += part))
      answer.on('end', () => {
        const body = text.startsWith('{')
          ? (JSON.parse(text) as { errors: Told['problem'][] })
          : null
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          location: answer.headers.location ?? '',
          problem: body?.errors[0],
        })
      })
    })
    asked.end()
  })
