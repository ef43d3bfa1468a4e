import type { ErrorRequestHandler } from 'express'
import type { Payload } from 'payload'

import { DomainError } from '../../domain/errors.ts'

const STATUS: Record<string, number> = {
  'auth.required': 401,
  'click.no-merchant': 404,
  'click.no-offer': 404,
  'click.token-refused': 401,
  'request.too-many': 429,
  'request.try-again': 503,
}

/**
 * Answers why nobody was sent anywhere. A browser that must sign in first is sent to the members'
 * pages with the shop's name, so that they can lead on; who asks for no page is told in JSON.
 */
export const clickFailed =
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
    const told = error instanceof DomainError ? error : unexpected(payload, error)
    const [, merchant] = /^\/([a-z0-9-]{1,100})$/.exec(request.path) ?? []
    if (told.code === 'auth.required' && frontendUrl && merchant && wantsPage(request)) {
      const target = new URL(frontendUrl)
      target.searchParams.set('out', merchant)
      response.redirect(302, target.href)
      return
    }
    const { code, details, message } = told
    const { field, retryAfter } = details
    if (typeof retryAfter === 'number') response.set('Retry-After', String(retryAfter))
    const entry = { code, message, ...(typeof field === 'string' ? { field } : {}) }
    response.status(STATUS[code] ?? 400).json({ errors: [entry] })
  }

const wantsPage = ({ headers }: { headers: { accept?: string | undefined } }): boolean =>
  headers.accept?.includes('text/html') ?? false

/** An address that cannot be read is the caller's; all else is ours, most likely the database. */
const unexpected = (payload: Payload, error: unknown): DomainError => {
  if (error instanceof URIError) return new DomainError('click.no-merchant', 'No such shop.')
  const { code, name } = error as { code?: unknown; name?: unknown }
  payload.logger.error({ msg: 'click failed', name, code })
  return new DomainError('request.try-again', 'Something went wrong. Try again in a moment.')
}
