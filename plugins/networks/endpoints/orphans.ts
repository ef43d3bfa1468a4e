import type { Endpoint } from 'payload'
import { z } from 'zod'

import { isStaff } from '../../../collections/access.ts'
import { DomainError } from '../../../src/domain/errors.ts'
import { readerOf } from '../../../src/ledger/readerOf.ts'
import { listOrphans } from '../../../src/orphans/listOrphans.ts'
import { requireMember } from '../../requireMember.ts'
import { queryOf } from '../../wallets/walletAsked.ts'

const limit = 'Ask for 1 to 100 sales.'
const page = 'Pages are counted from 1.'
const Query = z.object({
  limit: z.coerce.number(limit).int(limit).min(1, limit).max(100, limit).default(20),
  page: z.coerce.number(page).int(page).min(1, page).max(10_000, page).default(1),
})

/**
 * `GET /api/network-transactions/orphans?limit&page`: sales without a member, with whom they may
 * belong to, the best matches first; for staff.
 */
export const orphans: Endpoint = {
  path: '/orphans',
  method: 'get',
  handler: async (req) => {
    requireMember(req)
    if (!isStaff(req)) throw new DomainError('auth.forbidden', 'This is for staff.')
    const { limit, page } = queryOf(req, Query)
    const list = await listOrphans(await readerOf(req), { limit, offset: (page - 1) * limit })
    return Response.json(list, { headers: { 'Cache-Control': 'no-store' } })
  },
}
