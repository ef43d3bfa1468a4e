import type { Response } from 'express'
import type { Payload } from 'payload'

type Check = 'forged' | 'stale' | 'unsigned'

/** Refuses a report that is not genuine: 401 without a signature, else 403. Its content is not logged. */
export const refuseWebhook = (
  response: Response,
  { check, payload, provider }: { check: Check; payload: Payload; provider: string },
): void => {
  payload.logger.warn({ msg: 'webhook refused', provider, result: check })
  const status = check === 'unsigned' ? 401 : 403
  const error = { code: `webhook.${check}`, message: `This report is ${check}.` }
  response.status(status).json({ errors: [error] })
}
