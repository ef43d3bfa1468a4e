import { Readable } from 'node:stream'

import type { Endpoint } from 'payload'
import { z } from 'zod'

import { ledgerNow } from '../../../src/ledger/ledgerNow.ts'
import { readerOf } from '../../../src/ledger/readerOf.ts'
import { MOST_MOVES, readStatement } from '../../../src/ledger/statement.ts'
import { statementCsv } from '../../../src/ledger/statementCsv.ts'
import { periodOf } from '../../../src/ledger/statementPeriod.ts'
import { requireMember } from '../../requireMember.ts'
import { queryOf, walletAsked, WalletQuery } from '../walletAsked.ts'

const limit = `Ask for 1 to ${MOST_MOVES} moves.`
const after = 'Give the nextAfter of the page before.'
const Query = WalletQuery.extend({
  from: z.string().optional(),
  to: z.string().optional(),
  transferKind: z
    .string()
    .regex(/^[a-z-]{1,40}$/, 'Give a kind such as commission.')
    .optional(),
  format: z.enum(['json', 'csv']).default('json'),
  limit: z.coerce.number(limit).int(limit).min(1, limit).max(MOST_MOVES, limit).default(100),
  after: z.coerce.number(after).int(after).min(0, after).default(0),
})

/**
 * `GET /api/billing/wallet/statement?from&to&currency&kind&transferKind&format&limit&after&member`:
 * what a wallet held, received and gave in a period, a page of moves at a time, or all of it as
 * CSV. Days are those of the member's time zone, `to` included; without a period, this month.
 */
export const walletStatement: Endpoint = {
  path: '/billing/wallet/statement',
  method: 'get',
  handler: async (req) => {
    requireMember(req)
    const { format, ...query } = queryOf(req, Query)
    const { timeZone, wallet } = await walletAsked(req, query)
    const db = await readerOf(req)
    const period = periodOf({ ...query, now: await ledgerNow(db), timeZone })
    if (format === 'json') {
      const { after, limit, transferKind } = query
      return Response.json(
        await readStatement(db, { ...wallet, ...period, after, limit, transferKind }),
        { headers: { 'Cache-Control': 'no-store' } },
      )
    }
    const { transferKind } = query
    const csv = await statementCsv(db, { ...wallet, ...period, transferKind })
    return new Response(Readable.toWeb(csv) as ReadableStream<Uint8Array>, {
      headers: {
        'Cache-Control': 'no-store',
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="statement-${wallet.currency}-${wallet.kind}.csv"`,
      },
    })
  },
}
