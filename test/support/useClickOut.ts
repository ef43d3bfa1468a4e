import { request } from 'node:http'

import type { Merchant, Network } from '../../src/payload-types.ts'
import { clickOutRoute } from '../../src/server/edge/clickOutRoute.ts'
import { createMerchantAtNetwork } from './cashbackFactories.ts'
import { createUser, signIn } from './factories.ts'
import { startEdge } from './startEdge.ts'
import { type Product, startProduct } from './startProduct.ts'

const BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0'

type ClickOutRequest = {
  /** With its question mark. */
  query?: string
  headers?: Record<string, string>
  method?: string
  slug?: string
}
type ClickOutResponse = {
  status: number
  headers: Record<string, unknown>
  /** Empty without a redirect. */
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
type ClickOutSetup = { merchant: Merchant; network: Network; member: string; authorization: string }

/** Clicks out over real HTTP: one product and one member per file, a new merchant for each test. */
export const useClickOut = () => {
  let product: Product
  let edge: Awaited<ReturnType<typeof startEdge>>
  let setup: ClickOutSetup
  beforeAll(async () => {
    product = await startProduct()
    const { payload } = product
    edge = await startEdge(
      clickOutRoute({ payload, frontendUrl: MEMBER_PAGES, rateLimitFactor: null }),
    )
    const user = await createUser(payload)
    const authorization = await signIn(payload, user)
    setup = { member: user.id, authorization } as ClickOutSetup
  })
  afterAll(async () => {
    await edge.close()
    await product.close()
  })
  beforeEach(async () => {
    setup = { ...setup, ...(await createMerchantAtNetwork(product.payload)) }
  })

  const followLink = async ({
    headers,
    method = 'GET',
    query = '',
    slug,
  }: ClickOutRequest = {}): Promise<ClickOutResponse> =>
    sendRequest(`${edge.url}/out/${slug ?? setup.merchant.slug}${query}`, method, headers)
  return {
    product: () => product,
    setup: () => setup,
    followLink,
    followLinkAsMember: (options: ClickOutRequest = {}) =>
      followLink({
        ...options,
        headers: { authorization: setup.authorization, ...options.headers },
      }),
    /** Reads the clicks of a merchant, oldest first. */
    readClicks: (slug = setup.merchant.slug) =>
      product.sql<Row>(`
        select c.click_id as "clickId", c.member_id::text as member, c.is_bot as "isBot", c.url,
          c.offer_id::text as offer, c.rate_bps::int as bps, c.rate_basis::text as basis
        from clicks c join merchants m on m.id = c.merchant_id where m.slug = '${slug}' order by c.id`),
    updateMerchant: (data: Partial<Merchant>) =>
      product.payload.update({ collection: 'merchants', id: setup.merchant.id, data }),
  }
}

export const MEMBER_PAGES = 'https://members.example.test/'

/** Not by `fetch`, which adds headers. */
const sendRequest = (url: string, method: string, headers: Record<string, string> = {}) =>
  new Promise<ClickOutResponse>((resolve, reject) => {
    const sent = request(url, { method, headers: { 'user-agent': BROWSER, ...headers } })
    sent.on('error', reject)
    sent.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.on('end', () => {
        const body = text.startsWith('{')
          ? (JSON.parse(text) as { errors: ClickOutResponse['problem'][] })
          : null
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          location: response.headers.location ?? '',
          problem: body?.errors[0],
        })
      })
    })
    sent.end()
  })
