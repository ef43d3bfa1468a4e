import type { RequestHandler } from 'express'
import { handleEndpoints, type Payload, type SanitizedConfig } from 'payload'

import { openGraphql } from './openGraphql.ts'
import { sendResponse } from './sendResponse.ts'
import { requestIdOf } from './requestIdOf.ts'
import { toRequest } from './toRequest.ts'

type Options = {
  payload: Payload
  config: Promise<SanitizedConfig>
  /** Serves a page to try GraphQL queries at `/api/graphql-playground`. */
  hasPlayground: boolean
}
type Handler = (request: Request) => Promise<Response>

const REST_METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']
const GRAPHQL_METHODS = ['OPTIONS', 'POST']

/**
 * REST and GraphQL below `/api`, by Payload's own handlers. They take and return web requests. Next
 * adds nothing else to them, so the API works without it. Mount it without a body parser: the
 * handlers read the stream.
 */
export const apiRoutes = ({ config, hasPlayground, payload }: Options): RequestHandler => {
  const answerRest: Handler = (request) => handleEndpoints({ config, request })
  const answerGraphql = openGraphql(config)

  const answer = (path: string, request: Request): Promise<Response> => {
    if (isQueryInJson(request)) return Promise.resolve(refuse(NO_JSON, request))
    if (!isDecodable(path) || !isWithin(request))
      return Promise.resolve(refuse(UNREADABLE, request))
    if (hasPlayground && path === '/graphql-playground') return answerPlayground(config, request)
    const isGraphql = path === '/graphql'
    const methods = isGraphql ? GRAPHQL_METHODS : REST_METHODS
    if (!methods.includes(request.method)) return Promise.resolve(notAllowed(methods))
    return isGraphql && request.method === 'POST' ? answerGraphql(request) : answerRest(request)
  }

  return async (incoming, outgoing) => {
    try {
      const request = toRequest(incoming, outgoing)
      const path = incoming.path.replace(/\/$/, '')
      const response = request ? await answer(path, request) : notAllowed(REST_METHODS)
      if (!outgoing.destroyed) await sendResponse(response, incoming, outgoing)
    } catch (error) {
      // A client that disconnected is not our error.
      if (!outgoing.destroyed)
        payload.logger.error({ msg: 'the answer could not be sent', err: error })
      if (outgoing.headersSent) outgoing.destroy()
      else outgoing.status(500).json(FAILED)
    }
  }
}

/** Payload would return status 500 for an escape that is not UTF-8 (`%E0%A4%A`). */
const isDecodable = (path: string): boolean => {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

/** False for `/api/..`, which leads out of the API. */
const isWithin = ({ url }: Request): boolean => new URL(url).pathname.startsWith('/api')

/**
 * Payload also takes the query of a GET from a JSON body, and fails with an internal error where the
 * JSON is malformed. Nothing of ours sends one: the admin sends forms.
 */
const isQueryInJson = ({ headers, method }: Request): boolean =>
  method === 'POST' &&
  (headers.has('x-payload-http-method-override') || headers.has('x-http-method-override')) &&
  headers.get('content-type') !== 'application/x-www-form-urlencoded'

const NO_JSON = { code: 'request.malformed-body', message: 'Send the query as a form.' }
const UNREADABLE = { code: 'request.invalid', message: 'The address cannot be read.' }
const FAILED = { errors: [{ code: 'request.failed', message: 'Something went wrong.' }] }

const refuse = (error: { code: string; message: string }, request: Request): Response =>
  Response.json({ errors: [error], requestId: requestIdOf(request) }, { status: 400 })

const notAllowed = (methods: string[]): Response =>
  new Response(null, { status: 405, headers: { Allow: methods.join(', ') } })

/** Payload's own page is part of its package for Next, which only development loads for it. */
const answerPlayground = async (
  config: Promise<SanitizedConfig>,
  request: Request,
): Promise<Response> => {
  const { GRAPHQL_PLAYGROUND_GET } = await import('@payloadcms/next/routes')
  return GRAPHQL_PLAYGROUND_GET(config)(request)
}
