import type { Endpoint } from 'payload'
import { z } from 'zod'

import { now } from '../../../../src/platform/clock.ts'
import { readDb } from '../../../../src/database/readDb.ts'
import { type Owed, owedByAge } from '../../../../src/cashback/reconciliation/owedByAge.ts'
import {
  countColumn,
  moneyColumn,
  toReportResponse,
  textColumn,
} from '../../../http/toReportResponse.ts'
import { parseQuery } from '../../../http/parseQuery.ts'
import { requireStaff } from '../../../http/requireRole.ts'

const Query = z.object({ format: z.enum(['json', 'csv']).default('json') })

const COLUMNS = [
  textColumn<Owed>('Network', 'name'),
  textColumn<Owed>('Currency', 'currency'),
  countColumn<Owed>('Transactions', 'transactions'),
  moneyColumn<Owed>('0 to 30 days', 'upTo30Minor'),
  moneyColumn<Owed>('31 to 60 days', 'upTo60Minor'),
  moneyColumn<Owed>('61 to 90 days', 'upTo90Minor'),
  moneyColumn<Owed>('Over 90 days', 'olderMinor'),
  moneyColumn<Owed>('Owed', 'owedMinor'),
  moneyColumn<Owed>('Pending', 'pendingMinor'),
  moneyColumn<Owed>('Paid short', 'shortMinor'),
]

/** `GET /api/networks/owed?format`: the amounts that networks owe us, by age. For staff. */
export const owedReport: Endpoint = {
  path: '/owed',
  method: 'get',
  handler: async (req) => {
    requireStaff(req)
    const { format } = parseQuery(req, Query)
    const at = now()
    const rows = await owedByAge(await readDb(req), at)
    return toReportResponse({ format, columns: COLUMNS, rows, json: { at, rows }, name: 'owed' })
  },
}
