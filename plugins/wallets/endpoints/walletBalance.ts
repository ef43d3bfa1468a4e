import type { Endpoint } from 'payload'
import { z } from 'zod'

import { ledgerNow } from '../../../src/ledger/ledgerNow.ts'
import { readerOf } from '../../../src/ledger/readerOf.ts'
import { balanceAsOf } from '../../../src/ledger/statement.ts'
import { instantOf } from '../../../src/ledger/statementPeriod.ts'
import { requireMember } from '../../requireMember.ts'
import { queryOf, walletAsked, WalletQuery } from '../walletAsked.ts'

const Query = WalletQuery.extend({ asOf: z.string().optional() })

/**
 * `GET /api/billing/wallet/balance?asOf&currency&kind&member`: what a wallet holds, or held before
 * an instant; a day means its end.
 */
export const walletBalance: Endpoint = {
  path: '/billing/wallet/balance',
  method: 'get',
  handler: async (req) => {
    requireMember(req)
    const query = queryOf(req, Query)
    const { timeZone, wallet } = await walletAsked(req, query)
    const db = await readerOf(req)
    const asOf = query.asOf
      ? instantOf(query.asOf, { edge: 'ends', field: 'asOf', timeZone })
      : await ledgerNow(db)
    const balanceMinor = await balanceAsOf(db, { ...wallet, at: asOf })
    const { currency, kind } = wallet
    return Response.json(
      { wallet: { currency, kind }, asOf, balanceMinor },
      { headers: { 'Cache-Control': 'no-store' } },
    )
  },
}
