import type { ErrorRequestHandler } from 'express'
import type { Payload } from 'payload'

import { DomainError } from '../../domain/errors.ts'

type Failure = { name?: unknown; status?: unknown; cause?: { code?: unknown } }

/**
 * Answers what came of a report that could not be taken. Its words and its address, which may hold
 * a secret, reach neither the answer nor the log.
 */
export const webhookFailed =
  (payload: Payload): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error)
      return
    }
    const { code, message, status } = told(error)
    if (status >= 500) {
      const { cause, name } = error as Failure
      payload.logger.error({ msg: 'webhook failed', name, code: cause?.code })
    }
    response.status(status).json({ errors: [{ code, message }] })
  }

const told = (error: unknown): { status: number; code: string; message: string } => {
  if (error instanceof DomainError) {
    return { status: 400, code: error.code, message: error.message }
  }
  const { status } = error as Failure
  if (status === 413) return { status, code: 'request.too-large', message: 'Send less at once.' }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return { status, code: 'request.malformed-body', message: 'The body cannot be read.' }
  }
  return { status: 500, code: 'request.failed', message: 'Something went wrong. Send it again.' }
}
