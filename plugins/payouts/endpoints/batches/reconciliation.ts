import type { Endpoint } from 'payload'
import { z } from 'zod'

import { readDb } from '../../../../src/database/readDb.ts'
import { isCurrency } from '../../../../src/domain/currency.ts'
import { parseReconciledPeriod } from '../../../../src/domain/reconciledPeriod.ts'
import {
  type PayoutDay,
  reconcilePayouts,
} from '../../../../src/payouts/reconciliation/reconcilePayouts.ts'
import { now } from '../../../../src/platform/clock.ts'
import { parseQuery } from '../../../http/parseQuery.ts'
import { requireStaff } from '../../../http/requireRole.ts'
import {
  countColumn,
  moneyColumn,
  textColumn,
  toReportResponse,
} from '../../../http/toReportResponse.ts'

const Query = z.object({
  from: z.string().optional(),
  to: z.string().optional(),
  currency: z
    .string()
    .refine(isCurrency, 'Give an ISO 4217 currency code, such as INR.')
    .optional(),
  format: z.enum(['json', 'csv']).default('json'),
})

const COLUMNS = [
  textColumn<PayoutDay>('Day', 'day'),
  textColumn<PayoutDay>('Driver', 'driver'),
  textColumn<PayoutDay>('Batch', 'batch'),
  textColumn<PayoutDay>('Currency', 'currency'),
  countColumn<PayoutDay>('Attempts', 'attempts'),
  moneyColumn<PayoutDay>('Sent', 'sentMinor'),
  moneyColumn<PayoutDay>('Open', 'openMinor'),
  moneyColumn<PayoutDay>('In doubt', 'inDoubtMinor'),
  moneyColumn<PayoutDay>('Settled', 'settledMinor'),
  moneyColumn<PayoutDay>('Failed', 'failedMinor'),
  moneyColumn<PayoutDay>('Returned', 'returnedMinor'),
  moneyColumn<PayoutDay>('Paid late', 'latePaidMinor'),
  moneyColumn<PayoutDay>('Ledger', 'ledgerMinor'),
  moneyColumn<PayoutDay>('Difference', 'differenceMinor'),
]

/**
 * `GET /api/payout-batches/reconciliation?from&to&currency&format`: what was sent, by day (UTC) and
 * batch or driver, against the wallet `payouts`. `to` belongs to the period; default: the last 30
 * days. For staff.
 */
export const payoutReconciliation: Endpoint = {
  path: '/reconciliation',
  method: 'get',
  handler: async (req) => {
    requireStaff(req)
    const { currency, format, ...range } = parseQuery(req, Query)
    const period = parseReconciledPeriod({ ...range, now: now() })
    const found = await reconcilePayouts(await readDb(req), { ...period, currency })
    const json = { ...period, ...found }
    const name = 'payout-reconciliation'
    return toReportResponse({ format, columns: COLUMNS, rows: found.rows, json, name })
  },
}
