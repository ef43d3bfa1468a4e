import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

import { type Request, type Response, Router } from 'express'
import type { Payload } from 'payload'

import { loadSitemapFile } from '../../catalogue/sitemap/sitemapStore.ts'
import { readDb } from '../../database/readDb.ts'

/** The sitemap is built once a day. Caches ask again after an hour. */
const CACHE_CONTROL = 'public, max-age=3600, s-maxage=3600'

/**
 * `/sitemap.xml` (the index), and its parts `/sitemaps/1.xml.gz`, also as `/sitemaps/1.xml`. The
 * members' site passes them on, because a sitemap has to be on the host of its pages.
 */
export const sitemapRoute = ({ payload }: { payload: Payload }) => {
  const router = Router()
  router.get('/sitemap.xml', async (request, response, next) => {
    if (!(await sendFile(payload, { number: 0, request, response }))) next()
  })
  router.get('/sitemaps/:file', async (request, response, next) => {
    const [, number, gz] = /^([1-9][0-9]{0,5})\.xml(\.gz)?$/.exec(request.params.file) ?? []
    const isFile = gz !== undefined
    const isSent =
      number !== undefined &&
      (await sendFile(payload, { number: Number(number), request, response, isFile }))
    if (!isSent) next()
  })
  return router
}

type Sending = {
  number: number
  request: Request
  response: Response
  /** The compressed file itself, instead of a compressed transfer of the page. */
  isFile?: boolean
}

/** False when there is no such file. */
const sendFile = async (
  payload: Payload,
  { isFile = false, number, request, response }: Sending,
): Promise<boolean> => {
  const file = await loadSitemapFile(await readDb({ payload }), number)
  if (!file) return false
  response.set({
    'Cache-Control': CACHE_CONTROL,
    'Content-Type': isFile ? 'application/gzip' : 'application/xml; charset=utf-8',
    // Weak: the same content, whether its transfer is compressed or not.
    ETag: `W/"${file.sha256.slice(0, 32)}"`,
    ...(isFile ? {} : { Vary: 'Accept-Encoding' }),
  })
  if (request.fresh) response.status(304).end()
  else if (isFile) response.end(file.body)
  else if (request.acceptsEncodings('gzip')) {
    response.set('Content-Encoding', 'gzip').end(file.body)
  } else response.end(await promisify(gunzip)(file.body))
  return true
}
