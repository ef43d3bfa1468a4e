import type { Endpoint, PayloadRequest } from 'payload'

import { recordAudit } from '../../../src/platform/audit/recordAudit.ts'
import { now } from '../../../src/platform/clock.ts'
import { DomainError } from '../../../src/domain/errors.ts'
import { maskEmail, maskPhone } from '../../../src/domain/members/identity.ts'
import { inTransaction } from '../../../src/database/inTransaction.ts'
import { CHANNEL_KINDS, LOCALES } from '../../../src/messaging/types.ts'
import { findTemplate } from '../../../src/messaging/templates/index.ts'
import { type DirectMessage, queueToAddress } from '../../../src/messaging/outbox/queueToAddress.ts'
import type { Limit } from '../../../src/platform/rateLimiters.ts'
import { readJsonBody } from '../../http/readBody.ts'
import { enforceRateLimit } from '../../requestSafety/enforceRateLimit.ts'
import { requireAdmin } from '../../http/requireRole.ts'

/** Enough to test every template in both channels and languages; too few to flood an address. */
const LIMIT: Limit = { name: 'message-test', points: 40, seconds: 3_600 }

/**
 * `POST /api/v1/messages/:template/test` `{channel, to, locale?}`: an admin sends a message with
 * the template's sample data to any address. It goes through the outbox and is audited.
 */
export const testMessage = ({ rateLimitFactor }: { rateLimitFactor: number | null }): Endpoint => ({
  path: '/v1/messages/:template/test',
  method: 'post',
  handler: async (req) => {
    const admin = requireAdmin(req)
    const message = await readDirectMessage(req)
    if (rateLimitFactor !== null) {
      await enforceRateLimit(req, { ...LIMIT, key: admin, factor: rateLimitFactor })
    }
    return Response.json(await inTransaction(req, () => queueTest(req, message)), { status: 202 })
  },
})

const queueTest = async (req: PayloadRequest, message: DirectMessage) => {
  const { channel, locale, template } = message
  const { id, status, to } = await queueToAddress(req, message, now())
  await recordAudit({
    req,
    action: 'test-send',
    subject: 'notifications',
    subjectId: id,
    after: { template, channel, locale, to: channel === 'sms' ? maskPhone(to) : maskEmail(to) },
  })
  return { id, status }
}

const readDirectMessage = async (req: PayloadRequest): Promise<DirectMessage> => {
  const template = findTemplate(String(req.routeParams?.template)).name
  const body = await readJsonBody(req, ['channel', 'to', 'locale'])
  const channel = CHANNEL_KINDS.find((kind) => kind === body.channel)
  const locale = LOCALES.find((name) => name === (body.locale ?? 'en'))
  if (!channel) throw malformed('channel', `Send one of: ${CHANNEL_KINDS.join(', ')}.`)
  if (!locale) throw malformed('locale', `Send one of: ${LOCALES.join(', ')}.`)
  return { channel, locale, template, to: typeof body.to === 'string' ? body.to : '' }
}

const malformed = (field: string, message: string) =>
  new DomainError('request.malformed-value', message, { field })
