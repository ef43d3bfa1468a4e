import type { Endpoint } from 'payload'
import { z } from 'zod'

import { now } from '../../../../src/platform/clock.ts'
import { isCurrency } from '../../../../src/domain/currency.ts'
import { addDays } from '../../../../src/domain/dates.ts'
import { isDay } from '../../../../src/domain/zonedDay.ts'
import { readDb } from '../../../../src/database/readDb.ts'
import {
  statementMapping,
  type StatementMapping,
} from '../../../../src/cashback/networks/statementMapping.ts'
import {
  checkStatement,
  importStatement as importFile,
} from '../../../../src/cashback/reconciliation/importStatement.ts'
import { readPayoutInChild } from '../../../../src/cashback/reconciliation/child/readFileInChild.ts'
import type { NetworkRow } from '../../../../src/cashback/ingestion/networkStore.ts'
import { FILE_LIMITS } from '../../../../src/files/limits.ts'
import { parseQuery } from '../../../http/parseQuery.ts'
import { readFileBody } from '../../readFileBody.ts'
import { requireFinance } from '../../../http/requireRole.ts'
import { requireNetwork } from './requireNetwork.ts'

/** One day ahead is accepted: some networks are in a time zone where tomorrow has begun. */
const isPastDay = (day: string): boolean =>
  isDay(day) && new Date(`${day}T00:00:00Z`) <= addDays(now(), 1)

const Query = statementMapping.extend({
  reference: z
    .string('Give the reference of the statement.')
    .trim()
    .regex(/^[^\p{Cc}]{1,100}$/u, 'Give a reference of 1 to 100 characters.'),
  paidAt: z
    .string('Give the day of the payment.')
    .refine(isPastDay, 'Give a past day, such as 2026-11-01.'),
  currency: z
    .string('Give the currency.')
    .refine(isCurrency, 'Give an ISO 4217 currency code, such as INR.'),
  dryRun: z.enum(['true', 'false']).default('false'),
})

/**
 * `POST /api/networks/:id/statements?reference&paidAt&currency&dryRun&idColumn&orderColumn&amountColumn`:
 * imports a network's payment statement, sent as text/csv or as a workbook. A dry run matches every line
 * and writes nothing.
 */
export const importStatement: Endpoint = {
  path: '/:id/statements',
  method: 'post',
  handler: async (req) => {
    const importedBy = requireFinance(req)
    const { currency, dryRun, paidAt, reference, ...named } = parseQuery(req, Query)
    const row = await requireNetwork(req)
    const mapping = { ...readMapping(row), ...named }
    const options = { currency, mapping, paidAt }
    const bytes = await readFileBody(req)
    const payout = await readPayoutInChild({ bytes, options }, { signal: req.signal })
    const { contentHash } = payout
    const ignored = payout.ignored.slice(0, FILE_LIMITS.errors)
    const statement = { network: row.id, reference, paidAt, currency, contentHash, importedBy }
    if (dryRun === 'true') {
      const summary = await checkStatement(await readDb(req), { payout, statement })
      const { columns, errors, refused, sheet } = payout
      return Response.json({ ...summary, refused, errors, ignored, columns, sheet })
    }
    const imported = await importFile(req, { payout, statement, now: now() })
    return Response.json({ ...imported, ignored }, { status: imported.isRepeated ? 200 : 201 })
  },
}

/** Settings of another form were refused when the row was saved. */
const readMapping = ({ settings }: NetworkRow): StatementMapping =>
  statementMapping.safeParse((settings as { statement?: unknown } | null)?.statement).data ?? {}
