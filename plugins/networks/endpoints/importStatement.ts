import type { Endpoint } from 'payload'
import { z } from 'zod'

import { now } from '../../../src/clock.ts'
import { isCurrency } from '../../../src/domain/currency.ts'
import { addDays } from '../../../src/domain/dates.ts'
import { isDay } from '../../../src/domain/zonedDay.ts'
import { readerOf } from '../../../src/ledger/readerOf.ts'
import { statementMapping, type StatementMapping } from '../../../src/networks/statementMapping.ts'
import {
  checkStatement,
  importStatement as importFile,
} from '../../../src/reconciliation/importStatement.ts'
import { readPayout } from '../../../src/reconciliation/readPayout.ts'
import type { NetworkRow } from '../../../src/sync/networkRow.ts'
import { queryOf } from '../../wallets/walletAsked.ts'
import { fileOf } from '../fileOf.ts'
import { requireFinance } from '../../requireFinance.ts'
import { networkAsked } from '../networkAsked.ts'

const MOST_ERRORS = 500
/** A day ahead: it is tomorrow already where some networks are. */
const isPast = (day: string): boolean =>
  isDay(day) && new Date(`${day}T00:00:00Z`) <= addDays(now(), 1)

const Query = statementMapping.extend({
  reference: z
    .string('Give the reference of the statement.')
    .trim()
    .regex(/^[^\p{Cc}]{1,100}$/u, 'Give a reference of 1 to 100 characters.'),
  paidAt: z
    .string('Give the day of the payment.')
    .refine(isPast, 'Give a day that has been, such as 2026-11-01.'),
  currency: z
    .string('Give the currency.')
    .refine(isCurrency, 'Give an ISO 4217 currency code, such as INR.'),
  dryRun: z.enum(['true', 'false']).default('false'),
})

/**
 * `POST /api/networks/:id/statements?reference&paidAt&currency&dryRun&idColumn&orderColumn&amountColumn`:
 * what a network says it pays us, as text/csv. A dry run judges every line and writes nothing.
 */
export const importStatement: Endpoint = {
  path: '/:id/statements',
  method: 'post',
  handler: async (req) => {
    const importedBy = requireFinance(req)
    const { currency, dryRun, paidAt, reference, ...columns } = queryOf(req, Query)
    const row = await networkAsked(req)
    const mapping = { ...mappingOf(row), ...columns }
    const payout = await readPayout(await fileOf(req), { currency, mapping, paidAt })
    const { contentHash } = payout
    const statement = { network: row.id, reference, paidAt, currency, contentHash, importedBy }
    if (dryRun === 'true') {
      const summary = await checkStatement(await readerOf(req), { payout, statement })
      const refused = payout.errors.length
      return Response.json({ ...summary, refused, errors: payout.errors.slice(0, MOST_ERRORS) })
    }
    const imported = await importFile(req, { payout, statement, now: now() })
    return Response.json(imported, { status: imported.isRepeated ? 200 : 201 })
  },
}

/** What is not in this form was refused when the row was saved. */
const mappingOf = ({ settings }: NetworkRow): StatementMapping =>
  statementMapping.safeParse((settings as { statement?: unknown } | null)?.statement).data ?? {}
