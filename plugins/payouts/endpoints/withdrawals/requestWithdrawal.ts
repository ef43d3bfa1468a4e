import type { Endpoint } from 'payload'
import { z } from 'zod'

import { inTransaction } from '../../../../src/database/inTransaction.ts'
import { isCurrency } from '../../../../src/domain/currency.ts'
import { prepareRequest } from '../../../../src/payouts/withdrawals/prepareRequest.ts'
import { requestWithdrawal as request } from '../../../../src/payouts/withdrawals/requestWithdrawal.ts'
import { now } from '../../../../src/platform/clock.ts'
import { readBody } from '../../../http/readBody.ts'
import { requireMember } from '../../../http/requireRole.ts'
import { limitWithdrawals } from './limitWithdrawals.ts'

const amount = 'Give a whole number of minor units (paise, cents) above zero.'
const Body = z.object({
  amountMinor: z.int(amount).min(1, amount),
  currency: z.string().refine(isCurrency, 'Give an ISO 4217 currency code, such as INR.'),
  method: z.guid('Give the id of one of your payout methods.'),
})
type Options = { rateLimitFactor: number | null }

/**
 * `POST /api/withdrawals` `{amountMinor, currency, method}`: a member requests to be paid. Answers 201
 * with gross, fee, deduction and net.
 */
export const requestWithdrawal = ({ rateLimitFactor }: Options): Endpoint => ({
  path: '/',
  method: 'post',
  handler: async (req) => {
    const member = requireMember(req)
    const { amountMinor, currency, method } = await readBody(req, Body)
    await limitWithdrawals(req, { what: 'requests', member, factor: rateLimitFactor })
    const input = { member, method, grossMinor: amountMinor, currency, now: now() }
    const withdrawal = await inTransaction(req, () => request(req, input))
    return Response.json(withdrawal, { status: 201 })
  },
})

/**
 * `POST /api/withdrawals/quote` `{amountMinor, currency, method}`: what the member would receive, or
 * the error that the request would have. Stores nothing.
 */
export const quoteWithdrawal = ({ rateLimitFactor }: Options): Endpoint => ({
  path: '/quote',
  method: 'post',
  handler: async (req) => {
    const member = requireMember(req)
    const { amountMinor, currency, method } = await readBody(req, Body)
    await limitWithdrawals(req, { what: 'quotes', member, factor: rateLimitFactor })
    const input = { member, method, grossMinor: amountMinor, currency, now: now() }
    const { quote, stored } = await inTransaction(req, () => prepareRequest(req, input))
    const { deductionMinor, feeMinor, grossMinor, lines, netMinor } = quote
    return Response.json({
      grossMinor,
      feeMinor,
      deductionMinor,
      netMinor,
      currency,
      lines,
      method: stored.method.display,
    })
  },
})
