import type { Endpoint } from 'payload'
import { z } from 'zod'

import { readDb } from '../../../../src/database/readDb.ts'
import {
  type PaidAheadTransaction,
  listPaidAhead,
  sumPaidAhead,
} from '../../../../src/cashback/reconciliation/paidAhead.ts'
import { moneyColumn, toReportResponse, textColumn } from '../../../http/toReportResponse.ts'
import { parseQuery } from '../../../http/parseQuery.ts'
import { requireStaff } from '../../../http/requireRole.ts'

const Query = z.object({ format: z.enum(['json', 'csv']).default('json') })

/** The rows of a JSON response and of a file. */
const MAX_ROWS = { json: 500, csv: 100_000 }

const COLUMNS = [
  textColumn<PaidAheadTransaction>('Network', 'name'),
  textColumn<PaidAheadTransaction>('Transaction', 'externalId'),
  textColumn<PaidAheadTransaction>('State', 'status'),
  textColumn<PaidAheadTransaction>('Sold', 'eventAt'),
  textColumn<PaidAheadTransaction>('Member', 'member'),
  moneyColumn<PaidAheadTransaction>('Commission', 'commissionMinor'),
  moneyColumn<PaidAheadTransaction>('Credited', 'creditedMinor'),
  textColumn<PaidAheadTransaction>('Currency', 'currency'),
]

/**
 * `GET /api/networks/paid-ahead?format`: cashback that was credited before we were paid. For staff.
 */
export const paidAheadReport: Endpoint = {
  path: '/paid-ahead',
  method: 'get',
  handler: async (req) => {
    requireStaff(req)
    const { format } = parseQuery(req, Query)
    const db = await readDb(req)
    const rows = await listPaidAhead(db, MAX_ROWS[format])
    const json = format === 'json' ? { totals: await sumPaidAhead(db), rows } : {}
    return toReportResponse({ format, columns: COLUMNS, rows, json, name: 'paid-ahead' })
  },
}
