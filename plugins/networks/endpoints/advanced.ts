import type { Endpoint } from 'payload'
import { z } from 'zod'

import { readerOf } from '../../../src/ledger/readerOf.ts'
import {
  type AdvancedSale,
  listPaidAhead,
  paidAhead,
} from '../../../src/reconciliation/paidAhead.ts'
import { moneyColumn, textColumn } from '../../../src/reconciliation/reportCsv.ts'
import { queryOf } from '../../wallets/walletAsked.ts'
import { requireStaff } from '../../requireStaff.ts'
import { reportAs } from './reportAs.ts'

const Query = z.object({ format: z.enum(['json', 'csv']).default('json') })

/** Of an answer, and of a file. */
const MOST = { json: 500, csv: 100_000 }

const COLUMNS = [
  textColumn<AdvancedSale>('Network', 'name'),
  textColumn<AdvancedSale>('Sale', 'externalId'),
  textColumn<AdvancedSale>('State', 'status'),
  textColumn<AdvancedSale>('Sold', 'eventAt'),
  textColumn<AdvancedSale>('Member', 'member'),
  moneyColumn<AdvancedSale>('Commission', 'commissionMinor'),
  moneyColumn<AdvancedSale>('Credited', 'creditedMinor'),
  textColumn<AdvancedSale>('Currency', 'currency'),
]

/** `GET /api/networks/advanced?format`: what members have before we were paid, for the staff. */
export const advanced: Endpoint = {
  path: '/advanced',
  method: 'get',
  handler: async (req) => {
    requireStaff(req)
    const { format } = queryOf(req, Query)
    const db = await readerOf(req)
    const rows = await listPaidAhead(db, MOST[format])
    const json = format === 'json' ? { totals: await paidAhead(db), rows } : {}
    return reportAs({ format, columns: COLUMNS, rows, json, name: 'advanced' })
  },
}
