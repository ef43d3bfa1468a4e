import type { CollectionSlug, Endpoint, PayloadHandler, PayloadRequest } from 'payload'

import { notFound } from '../notFound.ts'
import { answerOnce } from './answerOnce.ts'

/**
 * `POST /api/<slug>` that honours `Idempotency-Key`. Stands before Payload's own route of the same
 * path and hands on to it, so that the answer is Payload's.
 */
export const createOnce = (slug: string): Endpoint => ({
  path: '/',
  method: 'post',
  handler: answerOnce((req) => payloadsOwn(slug, req)(req)),
})

/** Payload adds its routes behind those of the collection. */
const payloadsOwn = (slug: string, req: PayloadRequest): PayloadHandler => {
  const { endpoints } = req.payload.collections[slug as CollectionSlug].config
  const route = (endpoints || []).findLast(({ method, path }) => method === 'post' && path === '/')
  if (!route) throw notFound()
  return route.handler
}
