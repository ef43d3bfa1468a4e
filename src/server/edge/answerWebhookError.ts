import type { ErrorRequestHandler } from 'express'
import type { Payload } from 'payload'

import { isDatabaseAway } from '../../database/isDatabaseAway.ts'
import { DomainError } from '../../domain/errors.ts'

/** A database comes back within this time, or a standby takes its place. */
const RETRY_SECONDS = '5'

type Failure = { name?: unknown; status?: unknown; cause?: { code?: unknown } }

/**
 * Answers a report that could not be stored. Its content and its address, which may hold a secret,
 * appear neither in the answer nor in the log.
 */
export const answerWebhookError =
  (payload: Payload): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error)
      return
    }
    const { code, message, status } = describeFailure(error)
    if (status >= 500) {
      const { cause, name } = error as Failure
      payload.logger.error({ msg: 'webhook failed', name, code: cause?.code })
    }
    if (status === 503) response.set('Retry-After', RETRY_SECONDS)
    response.status(status).json({ errors: [{ code, message }] })
  }

const describeFailure = (error: unknown): { status: number; code: string; message: string } => {
  if (error instanceof DomainError) {
    const status = error.code === 'webhook.certificate-unavailable' ? 503 : 400
    return { status, code: error.code, message: error.message }
  }
  const { status } = error as Failure
  if (status === 413) return { status, code: 'request.too-large', message: 'Send less at once.' }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return { status, code: 'request.malformed-body', message: 'The body cannot be read.' }
  }
  if (isDatabaseAway(error)) {
    return { status: 503, code: 'request.try-again', message: 'Send it again in a moment.' }
  }
  return { status: 500, code: 'request.failed', message: 'Something went wrong. Send it again.' }
}
