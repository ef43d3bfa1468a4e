import type { Endpoint } from 'payload'
import { z } from 'zod'

import {
  listUnmatched,
  type Unmatched,
} from '../../../../src/cashback/reconciliation/listUnmatched.ts'
import { readDb } from '../../../../src/database/readDb.ts'
import { moneyColumn, textColumn, toReportResponse } from '../../../http/toReportResponse.ts'
import { parseQuery } from '../../../http/parseQuery.ts'
import { requireStaff } from '../../../http/requireRole.ts'

const Query = z.object({ format: z.enum(['json', 'csv']).default('json') })

/** The rows of a JSON response and of a file. */
const MAX_ROWS = { json: 500, csv: 100_000 }

const COLUMNS = [
  textColumn<Unmatched>('Kind', 'kind'),
  textColumn<Unmatched>('Network', 'name'),
  textColumn<Unmatched>('Statement', 'reference'),
  textColumn<Unmatched>('Transaction', 'externalId'),
  textColumn<Unmatched>('Order', 'orderId'),
  textColumn<Unmatched>('Programme', 'programId'),
  moneyColumn<Unmatched>('Amount', 'amountMinor'),
  textColumn<Unmatched>('Currency', 'currency'),
  textColumn<Unmatched>('Time', 'at'),
]

/**
 * `GET /api/networks/unmatched?format`: reversals that found no order, and lines of statements that
 * found no transaction. For staff.
 */
export const unmatchedReport: Endpoint = {
  path: '/unmatched',
  method: 'get',
  handler: async (req) => {
    requireStaff(req)
    const { format } = parseQuery(req, Query)
    const rows = await listUnmatched(await readDb(req), MAX_ROWS[format])
    return toReportResponse({ format, columns: COLUMNS, rows, json: { rows }, name: 'unmatched' })
  },
}
