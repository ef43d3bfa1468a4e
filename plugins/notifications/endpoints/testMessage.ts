import type { Endpoint, PayloadRequest } from 'payload'

import { recordAudit } from '../../../src/audit/recordAudit.ts'
import { now } from '../../../src/clock.ts'
import { DomainError } from '../../../src/domain/errors.ts'
import { maskEmail, maskPhone } from '../../../src/domain/identity.ts'
import { inTransaction } from '../../../src/ledger/inTransaction.ts'
import { CHANNEL_KINDS, LOCALES } from '../../../src/messaging/types.ts'
import { templateOf } from '../../../src/messaging/templates/index.ts'
import { type Direct, queueToAddress } from '../../../src/outbox/queueToAddress.ts'
import type { Limit } from '../../../src/rateLimiters.ts'
import { bodyOf } from '../../bodyOf.ts'
import { holdToLimit } from '../../requestSafety/holdToLimit.ts'
import { requireAdmin } from '../../requireAdmin.ts'

/** Enough to try every template in both channels and languages; too few to pester somebody. */
const LIMIT: Limit = { name: 'message-test', points: 40, seconds: 3_600 }

/**
 * `POST /api/v1/messages/:template/test` `{channel, to, locale?}`: an admin has a message sent with
 * made-up data, to any address. It takes the way of all others, and its sending is audited.
 */
export const testMessage = ({ rateLimitFactor }: { rateLimitFactor: number | null }): Endpoint => ({
  path: '/v1/messages/:template/test',
  method: 'post',
  handler: async (req) => {
    const admin = requireAdmin(req)
    const wanted = await wantedIn(req)
    if (rateLimitFactor !== null) {
      await holdToLimit(req, { ...LIMIT, key: admin, factor: rateLimitFactor })
    }
    return Response.json(await inTransaction(req, () => queueTest(req, wanted)), { status: 202 })
  },
})

const queueTest = async (req: PayloadRequest, wanted: Direct) => {
  const { channel, locale, template } = wanted
  const { id, status, to } = await queueToAddress(req, wanted, now())
  await recordAudit({
    req,
    action: 'test-send',
    subject: 'notifications',
    subjectId: id,
    after: { template, channel, locale, to: channel === 'sms' ? maskPhone(to) : maskEmail(to) },
  })
  return { id, status }
}

const wantedIn = async (req: PayloadRequest): Promise<Direct> => {
  const template = templateOf(String(req.routeParams?.template)).name
  const body = await bodyOf(req, ['channel', 'to', 'locale'])
  const channel = CHANNEL_KINDS.find((kind) => kind === body.channel)
  const locale = LOCALES.find((name) => name === (body.locale ?? 'en'))
  if (!channel) throw malformed('channel', `Send one of: ${CHANNEL_KINDS.join(', ')}.`)
  if (!locale) throw malformed('locale', `Send one of: ${LOCALES.join(', ')}.`)
  return { channel, locale, template, to: typeof body.to === 'string' ? body.to : '' }
}

const malformed = (field: string, words: string) =>
  new DomainError('request.malformed-value', words, { field })
