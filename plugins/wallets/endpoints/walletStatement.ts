import { Readable } from 'node:stream'

import type { Endpoint } from 'payload'
import { z } from 'zod'

import {
  ledgerNow,
  MAX_MOVES,
  readStatement,
} from '../../../src/ledger/statements/readStatement.ts'
import { readDb } from '../../../src/database/readDb.ts'
import { writeStatementCsv } from '../../../src/ledger/statements/writeStatementCsv.ts'
import { parsePeriod } from '../../../src/ledger/statements/parsePeriod.ts'
import { parseQuery } from '../../http/parseQuery.ts'
import { requireMember } from '../../http/requireRole.ts'
import { requireWallet, WalletQuery } from '../requireWallet.ts'

const limit = `Request 1 to ${MAX_MOVES} moves.`
const after = 'Give the nextAfter of the page before.'
const Query = WalletQuery.extend({
  from: z.string().optional(),
  to: z.string().optional(),
  transferKind: z
    .string()
    .regex(/^[a-z-]{1,40}$/, 'Give a kind such as commission.')
    .optional(),
  format: z.enum(['json', 'csv']).default('json'),
  limit: z.coerce.number(limit).int(limit).min(1, limit).max(MAX_MOVES, limit).default(100),
  after: z.coerce.number(after).int(after).min(0, after).default(0),
})

/**
 * `GET /api/billing/wallet/statement?from&to&currency&kind&transferKind&format&limit&after&member`:
 * the statement of a wallet for a period, one page of moves at a time, or all of it as CSV. Days
 * are in the member's time zone, and `to` is included. Without a period: this month.
 */
export const walletStatement: Endpoint = {
  path: '/billing/wallet/statement',
  method: 'get',
  handler: async (req) => {
    requireMember(req)
    const { format, ...query } = parseQuery(req, Query)
    const { timeZone, wallet } = await requireWallet(req, query)
    const db = await readDb(req)
    const period = parsePeriod({ ...query, now: await ledgerNow(db), timeZone })
    if (format === 'json') {
      const { after, limit, transferKind } = query
      return Response.json(
        await readStatement(db, { ...wallet, ...period, after, limit, transferKind }),
        { headers: { 'Cache-Control': 'no-store' } },
      )
    }
    const { transferKind } = query
    const csv = await writeStatementCsv(db, { ...wallet, ...period, transferKind })
    return new Response(Readable.toWeb(csv) as ReadableStream<Uint8Array>, {
      headers: {
        'Cache-Control': 'no-store',
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="statement-${wallet.currency}-${wallet.kind}.csv"`,
      },
    })
  },
}
