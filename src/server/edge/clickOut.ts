import { type Request, type RequestHandler, Router } from 'express'
import type { Payload } from 'payload'
import { RateLimiterMemory } from 'rate-limiter-flexible'

import { networkOf } from '../../../plugins/requestSafety/networkOf.ts'
import { goOut } from '../../clicks/goOut.ts'
import type { Goer } from '../../clicks/types.ts'
import { now } from '../../clock.ts'
import { DomainError } from '../../domain/errors.ts'
import { countAttempt } from '../../rateLimiters.ts'
import { clickFailed } from './clickFailed.ts'
import { goerOf } from './goerOf.ts'
import { isPrefetch, isRobot } from './isMachine.ts'

type ClickOut = {
  payload: Payload
  /** Where members' own pages are. */
  frontendUrl: string | undefined
  /** Multiplies the limit; null lifts it. */
  rateLimitFactor: number | null
}

/** More shops in a minute than anybody opens. */
const A_MINUTE = 60

/**
 * `GET /out/:merchant?offer&url&token`: a member's way to a shop. The click is kept, then the
 * browser is sent on. A prefetch is kept as a robot's and sent nowhere: a browser would use its
 * redirect for the member's own click later, which would earn nothing.
 */
export const clickOut = ({ frontendUrl, payload, rateLimitFactor }: ClickOut) => {
  const router = Router()
  const limit = limitOf(rateLimitFactor)
  const go: RequestHandler<{ merchant: string }> = async (request, response) => {
    response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'strict-origin' })
    const { headers, method, params, query } = request
    const at = now()
    const goer = goerOf({ payload, headers, token: query.token, now: at })
    await limit(request, goer)
    const isAhead = isPrefetch(headers)
    const { url } = await goOut({
      payload,
      merchant: params.merchant,
      offer: textIn(query.offer, 'offer'),
      url: textIn(query.url, 'url'),
      goer,
      userAgent: headers['user-agent'] ?? null,
      isBot: isAhead || isRobot(method, headers),
      now: at,
    })
    if (isAhead) throw new DomainError('request.try-again', 'Ask again when it is opened.')
    // Not response.redirect: it writes the address again, in other letters.
    response.status(302).set('Location', url).end()
  }
  router.get('/out/:merchant', go)
  router.use('/out', clickFailed({ payload, frontendUrl }))
  return router
}

/** A parameter that comes twice is none: which of the two was meant? */
const textIn = (value: unknown, field: 'offer' | 'url'): string | undefined => {
  if (value === undefined || typeof value === 'string') return value
  const code = field === 'url' ? 'click.not-allowed' : 'click.no-offer'
  throw new DomainError(code, 'Send this once.', { field })
}

/** Counted in this process alone: a round trip to count would cost as much as the click. */
const limitOf = (factor: number | null) => {
  const points = Math.ceil(A_MINUTE * (factor ?? 1))
  const limiter = new RateLimiterMemory({ keyPrefix: 'out', points, duration: 60 })
  return async (request: Request<{ merchant: string }>, goer: Goer | null): Promise<void> => {
    if (factor === null) return
    const address = request.get('x-tributary-client-ip') ?? 'unknown'
    const headers = new Headers({ 'x-tributary-client-ip': address })
    const retryAfter = await countAttempt(limiter, goer?.member ?? networkOf({ headers }))
    if (retryAfter === null) return
    throw new DomainError('request.too-many', 'Wait a moment.', { retryAfter })
  }
}
