import { Readable } from 'node:stream'

import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'

import { inTransaction } from '../../../../src/database/inTransaction.ts'
import { readDb } from '../../../../src/database/readDb.ts'
import { isCurrency } from '../../../../src/domain/currency.ts'
import { financialYear } from '../../../../src/domain/payouts/deductions.ts'
import { findPayouts } from '../../../../src/payouts/findPayouts.ts'
import { loadYearRule } from '../../../../src/payouts/tax/loadYearRule.ts'
import { writeTaxReport } from '../../../../src/payouts/tax/writeTaxReport.ts'
import { readReason, recordAudit } from '../../../../src/platform/audit/recordAudit.ts'
import { parseQuery } from '../../../http/parseQuery.ts'
import { requireReason } from '../../../http/requireReason.ts'
import { requireFinance } from '../../../http/requireRole.ts'

const year = 'Give the calendar year in which the financial year begins, such as 2026.'
const Query = z.object({
  year: z.coerce.number(year).int(year).min(2000, year).max(2100, year),
  currency: z.string().refine(isCurrency, 'Give an ISO 4217 currency code, such as INR.'),
  taxIds: z.enum(['masked', 'full'], 'Give masked or full.').default('masked'),
})

/**
 * `GET /api/tax-ids/report?year&currency&taxIds`: the yearly report of deductions as CSV, for finance
 * and admins. `taxIds=full` writes whole tax ids; it takes a reason in `X-Audit-Reason`, and the
 * audit log names the reader.
 *
 * @throws DomainError `audit.reason-required`
 */
export const taxReport: Endpoint = {
  path: '/report',
  method: 'get',
  handler: async (req) => {
    requireFinance(req)
    const query = parseQuery(req, Query)
    const isFull = query.taxIds === 'full'
    if (isFull) await recordReading(req, query)
    const { encryptionKey } = findPayouts(req.payload)
    const db = await readDb(req)
    const { timeZone, yearStart } = await loadYearRule(db, query.currency)
    // Still 31 December in every time zone ahead of UTC.
    const within = new Date(Date.UTC(query.year, 11, 31, 9))
    const { from, label, to } = financialYear(within, yearStart, timeZone)
    const csv = await writeTaxReport(db, {
      currency: query.currency,
      from,
      to,
      encryptionKey: isFull ? encryptionKey : null,
    })
    return new Response(Readable.toWeb(csv) as ReadableStream<Uint8Array>, {
      headers: {
        'Cache-Control': 'private, no-store',
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="tax-report-${label}-${query.currency}.csv"`,
      },
    })
  },
}

/** Stored before a number is read: no report without its entry. */
const recordReading = async (
  req: PayloadRequest,
  { currency, year }: z.output<typeof Query>,
): Promise<void> => {
  const reason = requireReason({ reason: readReason(req) })
  const after = { year, currency }
  await inTransaction(req, () =>
    recordAudit({ req, action: 'read-tax-ids', subject: 'tax-ids', after, reason }),
  )
}
