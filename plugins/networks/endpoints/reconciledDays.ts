import type { Endpoint } from 'payload'
import { z } from 'zod'

import { now } from '../../../src/clock.ts'
import { readerOf } from '../../../src/ledger/readerOf.ts'
import { type ReconciledDay, reconcileDays } from '../../../src/reconciliation/reconcileDays.ts'
import { reconciledPeriod } from '../../../src/reconciliation/reconciledPeriod.ts'
import { countColumn, moneyColumn, textColumn } from '../../../src/reconciliation/reportCsv.ts'
import { queryOf } from '../../wallets/walletAsked.ts'
import { requireStaff } from '../../requireStaff.ts'
import { reportAs } from './reportAs.ts'

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
  countColumn<ReconciledDay>('Sales', 'sales'),
  moneyColumn<ReconciledDay>('Pending', 'pendingMinor'),
  moneyColumn<ReconciledDay>('Declined', 'declinedMinor'),
  moneyColumn<ReconciledDay>('Payable', 'payableMinor'),
  moneyColumn<ReconciledDay>('Paid', 'paidMinor'),
  moneyColumn<ReconciledDay>('Difference', 'differenceMinor'),
  moneyColumn<ReconciledDay>('Cashback', 'cashbackMinor'),
  moneyColumn<ReconciledDay>('Credited', 'creditedMinor'),
]

/**
 * `GET /api/networks/reconciliation?network&from&to&format`: theirs, ours and the difference by
 * network and day of the sale (UTC), `to` included; without a period, the last 30 days.
 */
export const reconciledDays: Endpoint = {
  path: '/reconciliation',
  method: 'get',
  handler: async (req) => {
    requireStaff(req)
    const { format, network, ...asked } = queryOf(req, Query)
    const period = reconciledPeriod({ ...asked, now: now() })
    const rows = await reconcileDays(await readerOf(req), { ...period, network })
    const json = { ...period, rows }
    return reportAs({ format, columns: COLUMNS, rows, json, name: 'reconciliation' })
  },
}
