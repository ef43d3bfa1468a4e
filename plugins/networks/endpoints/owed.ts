import type { Endpoint } from 'payload'
import { z } from 'zod'

import { now } from '../../../src/clock.ts'
import { readerOf } from '../../../src/ledger/readerOf.ts'
import { type Owed, owedByAge } from '../../../src/reconciliation/owedByAge.ts'
import { countColumn, moneyColumn, textColumn } from '../../../src/reconciliation/reportCsv.ts'
import { queryOf } from '../../wallets/walletAsked.ts'
import { requireStaff } from '../../requireStaff.ts'
import { reportAs } from './reportAs.ts'

const Query = z.object({ format: z.enum(['json', 'csv']).default('json') })

const COLUMNS = [
  textColumn<Owed>('Network', 'name'),
  textColumn<Owed>('Currency', 'currency'),
  countColumn<Owed>('Sales', 'sales'),
  moneyColumn<Owed>('0 to 30 days', 'upTo30Minor'),
  moneyColumn<Owed>('31 to 60 days', 'upTo60Minor'),
  moneyColumn<Owed>('61 to 90 days', 'upTo90Minor'),
  moneyColumn<Owed>('Over 90 days', 'olderMinor'),
  moneyColumn<Owed>('Owed', 'owedMinor'),
  moneyColumn<Owed>('Pending', 'pendingMinor'),
  moneyColumn<Owed>('Paid short', 'shortMinor'),
]

/** `GET /api/networks/owed?format`: what networks owe us, by age, for the staff. */
export const owed: Endpoint = {
  path: '/owed',
  method: 'get',
  handler: async (req) => {
    requireStaff(req)
    const { format } = queryOf(req, Query)
    const at = now()
    const rows = await owedByAge(await readerOf(req), at)
    return reportAs({ format, columns: COLUMNS, rows, json: { at, rows }, name: 'owed' })
  },
}
