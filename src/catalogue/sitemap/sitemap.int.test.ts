import { gunzipSync } from 'node:zlib'

import sax from 'sax'

import { createMerchant } from '../../../test/support/cashbackFactories.ts'
import { startEdge } from '../../../test/support/startEdge.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { sitemapRoute } from '../../server/edge/sitemapRoute.ts'
import { buildSitemap } from './buildSitemap.ts'

let product: Product
let edge: Awaited<ReturnType<typeof startEdge>>
beforeAll(async () => {
  product = await startProduct()
  edge = await startEdge(sitemapRoute(product))
})
afterAll(async () => {
  await edge.close()
  await product.close()
})

const NOW = new Date('2026-11-20T04:00:00Z')
const build = () => buildSitemap(product.payload, { now: NOW, siteUrl: 'https://shop.example' })
const open = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${edge.url}${path}`, { headers })

/** Parses strictly. Returns the name of the root, its namespace, and the texts of each element. */
const parse = (xml: string) => {
  const parser = sax.parser(true)
  const texts: Record<string, string[]> = {}
  const path: string[] = []
  let root = ''
  parser.onerror = (error) => {
    throw error
  }
  parser.onopentag = ({ attributes, name }) => {
    if (path.length === 0) root = `${name} ${(attributes as Record<string, string>).xmlns}`
    path.push(name)
  }
  parser.onclosetag = () => path.pop()
  parser.ontext = (text) => {
    const name = path.at(-1) ?? ''
    if (text.trim()) (texts[name] ??= []).push(text)
  }
  parser.write(xml).close()
  return { root, loc: texts.loc ?? [], lastmod: texts.lastmod ?? [] }
}

it('there is no sitemap before it is built', async () => {
  expect((await open('/sitemap.xml')).status).toBe(404)
})

it('lists active merchants and the offers that are valid now, and nothing else', async () => {
  const { payload } = product
  const { id, slug } = await createMerchant(payload)
  const closed = await createMerchant(payload, { isActive: false })
  const offer = (over: object) =>
    payload.create({ collection: 'offers', data: { title: 'x', merchant: id, ...over } })
  const valid = await offer({ startsAt: '2026-11-01T00:00:00Z', endsAt: '2026-12-01T00:00:00Z' })
  await offer({ isActive: false })
  await offer({ endsAt: '2026-11-20T04:00:00Z' })
  await offer({ startsAt: '2026-11-20T04:00:01Z' })
  await offer({ merchant: closed.id })

  expect(await build()).toEqual({ files: 2, urls: 2 })
  const index = parse(await (await open('/sitemap.xml')).text())
  expect(index).toMatchObject({
    root: 'sitemapindex http://www.sitemaps.org/schemas/sitemap/0.9',
    loc: ['https://shop.example/sitemaps/1.xml.gz'],
  })
  const part = parse(await (await open('/sitemaps/1.xml')).text())
  expect(part).toMatchObject({
    root: 'urlset http://www.sitemaps.org/schemas/sitemap/0.9',
    loc: [`https://shop.example/merchants/${slug}`, `https://shop.example/offers/${valid.id}`],
  })
  expect(part.lastmod).toHaveLength(2)
})

/** As a browser asks. Without it `fetch` asks caches to pass the request on. */
const REVALIDATE = { 'Cache-Control': 'max-age=0' }

describe('a file', () => {
  it('is cacheable, and answered 304 while it is the same', async () => {
    const first = await open('/sitemap.xml')
    expect(first.headers.get('cache-control')).toBe('public, max-age=3600, s-maxage=3600')
    expect(first.headers.get('content-type')).toBe('application/xml; charset=utf-8')
    expect(first.headers.get('vary')).toBe('Accept-Encoding')
    const etag = first.headers.get('etag') ?? ''
    await build()
    const again = await open('/sitemap.xml', { ...REVALIDATE, 'If-None-Match': etag })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect(
      (await open('/sitemap.xml', { ...REVALIDATE, 'If-None-Match': 'W/"other"' })).status,
    ).toBe(200)
  })

  it('is compressed in transfer only for a client that accepts it', async () => {
    const plain = await open('/sitemap.xml', { 'Accept-Encoding': 'identity' })
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(await plain.text()).toContain('<sitemapindex')
  })

  it('ends in .gz: the compressed file itself', async () => {
    const response = await open('/sitemaps/1.xml.gz')
    expect(response.headers.get('content-type')).toBe('application/gzip')
    expect(response.headers.get('content-encoding')).toBeNull()
    const text = gunzipSync(Buffer.from(await response.arrayBuffer())).toString()
    expect(text).toContain('<urlset')
  })

  it.each(['/sitemaps/0.xml', '/sitemaps/2.xml', '/sitemaps/x.xml', '/sitemaps/1.xml.zip'])(
    '%s does not exist',
    async (path) => {
      expect((await open(path)).status).toBe(404)
    },
  )
})

it('readers see the old files until a build that fails is over', async () => {
  const before = await (await open('/sitemap.xml')).text()
  await product.sql('alter table sitemap_files add constraint refuse check (number < 1) not valid')
  await expect(build()).rejects.toThrow()
  await product.sql('alter table sitemap_files drop constraint refuse')
  expect(await (await open('/sitemap.xml')).text()).toBe(before)
})

it('120,000 pages are split in three valid files, each page once', async () => {
  await product.sql('delete from offers')
  await product.sql('update merchants set is_active = false')
  await product.sql(`
    insert into merchants (id, name, slug, is_active, claim_after_hours, claim_within_days)
    select gen_random_uuid(), 'M ' || n, 'merchant-' || n, true, 72, 30
    from generate_series(1, 120000) n`)
  expect(await build()).toEqual({ files: 4, urls: 120_000 })
  const index = parse(await (await open('/sitemap.xml')).text())
  expect(index.loc).toEqual([1, 2, 3].map((n) => `https://shop.example/sitemaps/${n}.xml.gz`))
  const parts: string[][] = []
  for (const number of [1, 2, 3]) {
    const part = parse(await (await open(`/sitemaps/${number}.xml`)).text())
    expect(part.lastmod).toHaveLength(part.loc.length)
    parts.push(part.loc)
  }
  expect(parts.map(({ length }) => length)).toEqual([50_000, 50_000, 20_000])
  expect(new Set(parts.flat()).size).toBe(120_000)
})
