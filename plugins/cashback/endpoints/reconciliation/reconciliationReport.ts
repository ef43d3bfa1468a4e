import type { Endpoint } from 'payload'
import { z } from 'zod'

import { now } from '../../../../src/platform/clock.ts'
import { parseReconciledPeriod } from '../../../../src/domain/reconciledPeriod.ts'
import { readDb } from '../../../../src/database/readDb.ts'
import {
  reconcileDays,
  type ReconciledDay,
} from '../../../../src/cashback/reconciliation/reconcileDays.ts'
import {
  countColumn,
  moneyColumn,
  toReportResponse,
  textColumn,
} from '../../../http/toReportResponse.ts'
import { parseQuery } from '../../../http/parseQuery.ts'
import { requireStaff } from '../../../http/requireRole.ts'

const Query = z.object({
  network: z.guid('Give the id of a network.').optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  format: z.enum(['json', 'csv']).default('json'),
})

const COLUMNS = [
  textColumn<ReconciledDay>('Day', 'day'),
  textColumn<ReconciledDay>('Network', 'name'),
  textColumn<ReconciledDay>('Currency', 'currency'),
  countColumn<ReconciledDay>('Transactions', 'transactions'),
  moneyColumn<ReconciledDay>('Pending', 'pendingMinor'),
  moneyColumn<ReconciledDay>('Declined', 'declinedMinor'),
  moneyColumn<ReconciledDay>('Payable', 'payableMinor'),
  moneyColumn<ReconciledDay>('Paid', 'paidMinor'),
  moneyColumn<ReconciledDay>('Difference', 'differenceMinor'),
  moneyColumn<ReconciledDay>('Cashback', 'cashbackMinor'),
  moneyColumn<ReconciledDay>('Credited', 'creditedMinor'),
]

/**
 * `GET /api/networks/reconciliation?network&from&to&format`: reported, paid and credited amounts by
 * network and day of the transaction (UTC). `to` belongs to the period; default: the last 30 days.
 * For staff.
 */
export const reconciliationReport: Endpoint = {
  path: '/reconciliation',
  method: 'get',
  handler: async (req) => {
    requireStaff(req)
    const { format, network, ...range } = parseQuery(req, Query)
    const period = parseReconciledPeriod({ ...range, now: now() })
    const rows = await reconcileDays(await readDb(req), { ...period, network })
    const json = { ...period, rows }
    return toReportResponse({ format, columns: COLUMNS, rows, json, name: 'reconciliation' })
  },
}
