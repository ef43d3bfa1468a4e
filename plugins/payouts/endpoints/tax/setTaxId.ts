import type { Endpoint } from 'payload'
import { z } from 'zod'

import { inTransaction } from '../../../../src/database/inTransaction.ts'
import { setTaxId as set } from '../../../../src/payouts/tax/setTaxId.ts'
import { now } from '../../../../src/platform/clock.ts'
import { readBody } from '../../../http/readBody.ts'
import { requireMember } from '../../../http/requireRole.ts'
import { limitPayouts } from '../limitPayouts.ts'

const Body = z.object({
  country: z.string('Give the two letters of a country, such as IN.').max(10, 'Two letters.'),
  number: z.string('Give the tax id as text.').max(100, 'At most 100 characters.'),
})

/**
 * `POST /api/tax-ids` `{country, number}`: a member sets the own tax id, in India the PAN. The answer
 * has its last four characters alone.
 */
export const setTaxId = ({ rateLimitFactor }: { rateLimitFactor: number | null }): Endpoint => ({
  path: '/',
  method: 'post',
  handler: async (req) => {
    const member = requireMember(req)
    const body = await readBody(req, Body)
    await limitPayouts(req, { what: 'taxIds', member, factor: rateLimitFactor })
    const taxId = await inTransaction(req, () => set(req, { ...body, member, now: now() }))
    return Response.json(taxId)
  },
})
