import { sql } from '@payloadcms/db-postgres'
import type { Endpoint } from 'payload'

import { readDb } from '../../../../src/database/readDb.ts'
import { findPayouts } from '../../../../src/payouts/findPayouts.ts'
import { decrypt } from '../../../../src/platform/encryption.ts'
import { notFound } from '../../../http/notFound.ts'
import { requireMember } from '../../../http/requireRole.ts'
import { routeId } from '../../../http/routeId.ts'

/**
 * `GET /api/withdrawals/:id/cards`: the gift cards of a withdrawal, for its member alone. Staff do not
 * see the codes.
 */
export const readCards: Endpoint = {
  path: '/:id/cards',
  method: 'get',
  handler: async (req) => {
    const member = requireMember(req)
    const db = await readDb(req)
    const { rows } = await db.execute<{ id: string; sealed: string }>(sql`
      select a.id::text, a.sealed_cards as sealed
      from payout_attempts a
      join withdrawals w on w.id = a.withdrawal_id
      where w.id = ${routeId(req)} and w.member_id = ${member} and a.sealed_cards is not null
      order by a.number desc
      limit 1`)
    const [attempt] = rows
    if (!attempt) throw notFound()
    const { encryptionKey } = findPayouts(req.payload)
    const text = decrypt(encryptionKey, attempt.sealed, `payout-attempts:${attempt.id}`)
    return Response.json(
      { cards: JSON.parse(text) as unknown },
      { headers: { 'Cache-Control': 'private, no-store' } },
    )
  },
}
