import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { wordOf } from '../../../src/domain/words.ts'
import { readerOf } from '../../../src/ledger/readerOf.ts'
import type { Move } from '../../../src/ledger/statementMoves.ts'

/** A move in words: what it was, the document that caused it, and the other side. */
export type NamedMove = Move & {
  note: string | null
  cause: { path: string; text: string } | null
  otherName: string
}

type Named = { id: string; name: string; payer?: string }
type Names = { payments: Named[]; refunds: Named[]; people: Named[] }

/** Names what a page of moves refers to, in one statement. */
export const nameMoves = async (
  req: PayloadRequest,
  memberId: string,
  moves: Move[],
): Promise<NamedMove[]> => {
  if (moves.length === 0) return []
  const names = await load(req, moves)
  const find = (list: Named[], id: string | null | undefined) => list.find((one) => one.id === id)
  return moves.map((move) => {
    const payment = find(names.payments, move.links.payment)
    const refund = find(names.refunds, move.links.refund)
    const person = find(names.people, move.other.owner)
    return {
      ...move,
      note: refund ? `Refund ${refund.name}` : payment ? payerOf(payment) : move.reason,
      cause: causeOf(move, payment),
      otherName:
        move.other.owner === null
          ? wordOf(move.other.kind)
          : move.other.owner === memberId
            ? `Own ${move.other.kind}`
            : `${person?.name ?? 'Another member'}, ${move.other.kind}`,
    }
  })
}

const payerOf = ({ payer }: Named): string => `Payment of ${payer ?? 'a member'}`

const causeOf = ({ id, links }: Move, payment: Named | undefined): NamedMove['cause'] => {
  if (payment) return { path: `/payments/${payment.id}/explain`, text: payment.name }
  if (links.adjustment) {
    return { path: `/adjustments/${links.adjustment}`, text: `…${links.adjustment.slice(-8)}` }
  }
  return { path: `/wallet-transactions/${id}`, text: `…${id.slice(-8)}` }
}

const load = async (req: PayloadRequest, moves: Move[]): Promise<Names> => {
  const ids = (pick: (move: Move) => string | null | undefined) => {
    const found = [...new Set(moves.map(pick).filter((id) => typeof id === 'string'))]
    return sql`array[${sql.join(
      found.map((id) => sql`${id}`),
      sql`, `,
    )}]::uuid[]`
  }
  const db = await readerOf(req)
  const { rows } = await db.execute<{ names: Names }>(sql`
    select jsonb_build_object(
      'payments', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.reference,
          'payer', coalesce(u.name, u.email))), '[]')
        from payments p join users u on u.id = p.user_id
        where p.id = any (${ids((move) => move.links.payment)})),
      'refunds', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', reference)), '[]')
        from refunds where id = any (${ids((move) => move.links.refund)})),
      'people', (select coalesce(jsonb_agg(jsonb_build_object('id', id,
          'name', coalesce(name, email))), '[]')
        from users where id = any (${ids((move) => move.other.owner)}))
    ) as names`)
  return rows[0]?.names ?? { payments: [], refunds: [], people: [] }
}
