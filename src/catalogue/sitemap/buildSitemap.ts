import { createHash } from 'node:crypto'
import { Readable, type Transform } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

import { createLocalReq, type Payload } from 'payload'
import { SitemapIndexStream, SitemapStream } from 'sitemap'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { readDb } from '../../database/readDb.ts'
import { replaceSitemap, type SitemapFile } from './sitemapStore.ts'
import { SITEMAP_SOURCES, type SitemapSource, type SitePage } from './sources.ts'

/** The most that a file may list: https://www.sitemaps.org/protocol.html */
const MAX_URLS = 50_000
const BATCH = 10_000

type Options = {
  now: Date
  /** Where the members' own pages are. */
  siteUrl: string
  sources?: readonly SitemapSource[]
}

/**
 * Builds the sitemap of the members' site: compressed files of up to 50,000 pages each, and an
 * index of them. They replace those of before in one transaction. Returns the counts.
 */
export const buildSitemap = async (
  payload: Payload,
  { now, siteUrl, sources = SITEMAP_SOURCES }: Options,
): Promise<{ files: number; urls: number }> => {
  const db = await readDb({ payload })
  const parts: (SitemapFile & { changedAt: string })[] = []
  for await (const pages of splitPages(listPages(db, { now, sources }))) {
    parts.push(await toPart(pages, { number: parts.length + 1, siteUrl }))
  }
  const files = [await toIndex(parts, siteUrl), ...parts]
  const req = await createLocalReq({}, payload)
  await inTransaction(req, async () => {
    await replaceSitemap(await dbIn(req), files, now)
  })
  return { files: files.length, urls: parts.reduce((sum, { urls }) => sum + urls, 0) }
}

async function* listPages(
  db: Database,
  { now, sources }: { now: Date; sources: readonly SitemapSource[] },
): AsyncGenerator<SitePage> {
  for (const source of sources) {
    let after: string | null = null
    for (;;) {
      const pages: SitePage[] = await source.list(db, { after, limit: BATCH, now })
      yield* pages
      if (pages.length < BATCH) break
      after = pages.at(-1)?.key ?? null
    }
  }
}

async function* splitPages(pages: AsyncIterable<SitePage>): AsyncGenerator<SitePage[]> {
  let part: SitePage[] = []
  for await (const page of pages) {
    part.push(page)
    if (part.length < MAX_URLS) continue
    yield part
    part = []
  }
  if (part.length > 0) yield part
}

const toPart = async (
  pages: SitePage[],
  { number, siteUrl }: { number: number; siteUrl: string },
): Promise<SitemapFile & { changedAt: string }> => {
  const urls = pages.map(({ changedAt, path }) => ({
    url: new URL(path, siteUrl).href,
    lastmod: changedAt,
  }))
  const xmlns = { news: false, xhtml: false, image: false, video: false }
  const changedAt = pages.map((page) => page.changedAt).reduce((a, b) => (a > b ? a : b))
  return { ...(await toFile(new SitemapStream({ xmlns }), { number, rows: urls })), changedAt }
}

const toIndex = (parts: (SitemapFile & { changedAt: string })[], siteUrl: string) => {
  const rows = parts.map(({ changedAt, number }) => ({
    url: new URL(`/sitemaps/${number}.xml.gz`, siteUrl).href,
    lastmod: changedAt,
  }))
  return toFile(new SitemapIndexStream(), { number: 0, rows })
}

const toFile = async (
  stream: Transform,
  { number, rows }: { number: number; rows: object[] },
): Promise<SitemapFile> => {
  // Compressed as a whole: the stream gives many small pieces, which are slow to compress.
  const body = await promisify(gzip)(await buffer(Readable.from(rows).pipe(stream)))
  return {
    number,
    urls: rows.length,
    body,
    sha256: createHash('sha256').update(body).digest('hex'),
  }
}
