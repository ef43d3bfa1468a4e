import type { Endpoint } from 'payload'
import { z } from 'zod'

import { balanceAsOf, ledgerNow } from '../../../src/ledger/statements/readStatement.ts'
import { readDb } from '../../../src/database/readDb.ts'
import { parseInstant } from '../../../src/ledger/statements/parsePeriod.ts'
import { parseQuery } from '../../http/parseQuery.ts'
import { requireMember } from '../../http/requireRole.ts'
import { requireWallet, WalletQuery } from '../requireWallet.ts'

const Query = WalletQuery.extend({ asOf: z.string().optional() })

/**
 * `GET /api/billing/wallet/balance?asOf&currency&kind&member`: the balance of a wallet now, or
 * before an instant. A day means its end.
 */
export const walletBalance: Endpoint = {
  path: '/billing/wallet/balance',
  method: 'get',
  handler: async (req) => {
    requireMember(req)
    const query = parseQuery(req, Query)
    const { timeZone, wallet } = await requireWallet(req, query)
    const db = await readDb(req)
    const asOf = query.asOf
      ? parseInstant(query.asOf, { edge: 'ends', field: 'asOf', timeZone })
      : await ledgerNow(db)
    const balanceMinor = await balanceAsOf(db, { ...wallet, at: asOf })
    const { currency, kind } = wallet
    return Response.json(
      { wallet: { currency, kind }, asOf, balanceMinor },
      { headers: { 'Cache-Control': 'no-store' } },
    )
  },
}
