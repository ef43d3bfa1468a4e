import { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express'
import type { Payload } from 'payload'
import { RateLimiterMemory } from 'rate-limiter-flexible'

import { ipPrefix } from '../../../plugins/requestSafety/enforceRateLimit.ts'
import { clickOut } from '../../cashback/clicks/clickOut.ts'
import type { ClickIdentity } from '../../cashback/clicks/storeClicks.ts'
import { DomainError } from '../../domain/errors.ts'
import { now } from '../../platform/clock.ts'
import { countAttempt } from '../../platform/rateLimiters.ts'
import { identifyClicker } from './identifyClicker.ts'
import { isPrefetch, isRobot } from './isMachine.ts'

type ClickOut = {
  payload: Payload
  /** Where members' own pages are. */
  frontendUrl: string | undefined
  /** Multiplies the limit; null lifts it. */
  rateLimitFactor: number | null
}

/** The limit on clicks a minute from one member or address; people make fewer. */
const MAX_PER_MINUTE = 60

/**
 * `GET /out/:merchant?offer&url&token`: leads a member to a merchant. The click is stored, then the
 * browser is redirected. A prefetch is stored as a robot's click and not redirected: a browser
 * would reuse that redirect for the member's own click later, which would earn nothing.
 */
export const clickOutRoute = ({ frontendUrl, payload, rateLimitFactor }: ClickOut) => {
  const router = Router()
  const limit = createLimit(rateLimitFactor)
  const go: RequestHandler<{ merchant: string }> = async (request, response) => {
    response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'strict-origin' })
    const { headers, method, params, query } = request
    const at = now()
    const clicker = identifyClicker({ payload, headers, token: query.token, now: at })
    await limit(request, clicker)
    const isPrefetched = isPrefetch(headers)
    const { url } = await clickOut({
      payload,
      merchant: params.merchant,
      offer: readParameter(query.offer, 'offer'),
      url: readParameter(query.url, 'url'),
      clicker,
      userAgent: headers['user-agent'] ?? null,
      isBot: isPrefetched || isRobot(method, headers),
      now: at,
    })
    if (isPrefetched)
      throw new DomainError('request.try-again', 'Request this again when the link is opened.')
    // Not response.redirect: it encodes the address again.
    response.status(302).set('Location', url).end()
  }
  router.get('/out/:merchant', go)
  router.use('/out', answerClickError({ payload, frontendUrl }))
  return router
}

/** A repeated parameter is refused: it is ambiguous. */
const readParameter = (value: unknown, field: 'offer' | 'url'): string | undefined => {
  if (value === undefined || typeof value === 'string') return value
  const code = field === 'url' ? 'click.not-allowed' : 'click.no-offer'
  throw new DomainError(code, 'Send this parameter once.', { field })
}

/** Counts in this process alone: a round trip to the database would cost as much as the click. */
const createLimit = (factor: number | null) => {
  const points = Math.ceil(MAX_PER_MINUTE * (factor ?? 1))
  const limiter = new RateLimiterMemory({ keyPrefix: 'out', points, duration: 60 })
  return async (
    request: Request<{ merchant: string }>,
    clicker: ClickIdentity | null,
  ): Promise<void> => {
    if (factor === null) return
    const address = request.get('x-tributary-client-ip') ?? 'unknown'
    const headers = new Headers({ 'x-tributary-client-ip': address })
    const retryAfter = await countAttempt(limiter, clicker?.member ?? ipPrefix({ headers }))
    if (retryAfter === null) return
    throw new DomainError('request.too-many', 'Wait a moment.', { retryAfter })
  }
}

const STATUS: Record<string, number> = {
  'auth.required': 401,
  'click.no-merchant': 404,
  'click.no-offer': 404,
  'click.token-refused': 401,
  'request.too-many': 429,
  'request.try-again': 503,
}

/**
 * Answers a click that failed. A browser that must sign in first is redirected to the members'
 * pages with the merchant's name, so that they can continue to it. Clients that accept no HTML get
 * JSON.
 */
const answerClickError =
  ({
    frontendUrl,
    payload,
  }: {
    frontendUrl: string | undefined
    payload: Payload
  }): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error)
      return
    }
    const refusal = error instanceof DomainError ? error : toRefusal(payload, error)
    const [, merchant] = /^\/([a-z0-9-]{1,100})$/.exec(request.path) ?? []
    if (refusal.code === 'auth.required' && frontendUrl && merchant && wantsPage(request)) {
      const target = new URL(frontendUrl)
      target.searchParams.set('out', merchant)
      response.redirect(302, target.href)
      return
    }
    const { code, details, message } = refusal
    const { field, retryAfter } = details
    if (typeof retryAfter === 'number') response.set('Retry-After', String(retryAfter))
    if (code === 'request.try-again') response.set('Retry-After', '5')
    const entry = { code, message, ...(typeof field === 'string' ? { field } : {}) }
    response.status(STATUS[code] ?? 400).json({ errors: [entry] })
  }

const wantsPage = ({ headers }: { headers: { accept?: string | undefined } }): boolean =>
  headers.accept?.includes('text/html') ?? false

/**
 * A malformed address is the caller's error. Every other error is ours, most likely of the
 * database.
 */
const toRefusal = (payload: Payload, error: unknown): DomainError => {
  if (error instanceof URIError)
    return new DomainError('click.no-merchant', 'There is no such merchant.')
  const { code, name } = error as { code?: unknown; name?: unknown }
  payload.logger.error({ msg: 'click failed', name, code })
  return new DomainError('request.try-again', 'Something went wrong. Try again in a moment.')
}
