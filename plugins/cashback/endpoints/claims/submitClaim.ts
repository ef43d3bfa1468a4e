import type { Endpoint } from 'payload'
import { z } from 'zod'

import { now } from '../../../../src/platform/clock.ts'
import { submitClaim as submit } from '../../../../src/cashback/claims/submitClaim.ts'
import { isCurrency } from '../../../../src/domain/currency.ts'
import { normaliseOrderNumber } from '../../../../src/domain/cashback/orderKey.ts'
import { inTransaction } from '../../../../src/database/inTransaction.ts'
import { requireMember } from '../../../http/requireRole.ts'
import { readBody } from '../../../http/readBody.ts'
import { limitClaims } from './limitClaims.ts'

const number = 'Give the number of the order, 1 to 100 characters.'
const time = 'Give the time of the order, such as 2026-11-19T15:44:00Z.'
const amount = 'Give a whole number of minor units (paise, cents) above zero.'
const files = 'Give the ids of up to 5 files.'
const Body = z.object({
  merchant: z.string('Give the slug or the id of a merchant.').min(1).max(200),
  orderNumber: z
    .string(number)
    .trim()
    .max(100, number)
    .regex(/^\P{C}+$/u, number)
    .refine((given) => normaliseOrderNumber(given) !== '', number),
  orderedAt: z.iso.datetime({ offset: true, error: time }).transform((text) => new Date(text)),
  amountMinor: z.int(amount).min(1, amount),
  currency: z.string().refine(isCurrency, 'Give an ISO 4217 currency code, such as INR.'),
  click: z.guid('Give the id of a click.').nullish(),
  comment: z.string('Give a text.').trim().max(1_000, 'At most 1,000 characters.').nullish(),
  files: z
    .array(z.guid(files).toLowerCase(), files)
    .max(5, files)
    .refine((given) => new Set(given).size === given.length, files)
    .default([]),
})

/**
 * `POST /api/cashback-claims` `{merchant, orderNumber, orderedAt, amountMinor, currency, click?,
 * comment?, files?}`: a member reports a missing order.
 */
export const submitClaim = ({ rateLimitFactor }: { rateLimitFactor: number | null }): Endpoint => ({
  path: '/',
  method: 'post',
  handler: async (req) => {
    const member = requireMember(req)
    const { click = null, comment, ...claim } = await readBody(req, Body)
    await limitClaims(req, { what: 'claims', member, factor: rateLimitFactor })
    const input = { ...claim, click, comment: comment || null, member, now: now() }
    const id = await inTransaction(req, () => submit(req, input))
    return Response.json({ claim: id, status: 'open' }, { status: 201 })
  },
})
