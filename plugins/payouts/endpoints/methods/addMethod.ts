import type { Endpoint } from 'payload'
import { z } from 'zod'

import { inTransaction } from '../../../../src/database/inTransaction.ts'
import { METHOD_KINDS } from '../../../../src/domain/payouts/methodKinds.ts'
import { addMethod as add } from '../../../../src/payouts/methods/addMethod.ts'
import { now } from '../../../../src/platform/clock.ts'
import { readBody } from '../../../http/readBody.ts'
import { requireMember } from '../../../http/requireRole.ts'
import { limitPayouts } from '../limitPayouts.ts'

const text = z.string('Give a text.').max(300, 'At most 300 characters.').optional()
const Body = z.object({
  kind: z.enum(METHOD_KINDS, `Give one of ${METHOD_KINDS.join(', ')}.`),
  holderName: text,
  vpa: text,
  accountNumber: text,
  ifsc: text,
  iban: text,
  bic: text,
  email: text,
  product: text,
})

/**
 * `POST /api/payout-methods` `{kind, holderName, …}`: a member adds a payout method. The answer has
 * its masked form alone.
 */
export const addMethod = ({ rateLimitFactor }: { rateLimitFactor: number | null }): Endpoint => ({
  path: '/',
  method: 'post',
  handler: async (req) => {
    const member = requireMember(req)
    const input = await readBody(req, Body)
    await limitPayouts(req, { what: 'methods', member, factor: rateLimitFactor })
    const method = await inTransaction(req, () => add(req, { input, member, now: now() }))
    return Response.json(method, { status: 201 })
  },
})
