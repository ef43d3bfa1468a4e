import type { Endpoint } from 'payload'
import { z } from 'zod'

import { inTransaction } from '../../../../src/database/inTransaction.ts'
import { createBatch as create } from '../../../../src/payouts/batches/createBatch.ts'
import { now } from '../../../../src/platform/clock.ts'
import { readBody } from '../../../http/readBody.ts'
import { requireFinance } from '../../../http/requireRole.ts'

const MAX_IDS = 50_000
const profile = 'Give the name of a profile of bank files.'
const ids = `Give the ids of 1 to ${MAX_IDS} withdrawals, or none for all.`
const day = 'Give the day of payment, such as 2026-11-30.'
const Body = z.object({
  bankProfile: z.string(profile).min(1, profile).max(60, profile),
  ids: z
    .array(z.guid(ids), ids)
    .min(1, ids)
    .max(MAX_IDS, ids)
    .refine((given) => new Set(given).size === given.length, ids)
    .nullish(),
  payDate: z.string(day).max(10, day),
})

/**
 * `POST /api/payout-batches` `{bankProfile, ids?, payDate}`: finance or an admin makes a batch of
 * approved withdrawals; without ids of all that are approved with the profile. Answers 201 with the
 * batch and with the withdrawals that the file cannot pay.
 */
export const createBatch: Endpoint = {
  path: '/',
  method: 'post',
  handler: async (req) => {
    const by = requireFinance(req)
    const { bankProfile, ids: given, payDate } = await readBody(req, Body)
    const input = { bankProfile, ids: given ?? null, payDate, by, now: now() }
    const batch = await inTransaction(req, () => create(req, input))
    return Response.json(batch, { status: 201 })
  },
}
