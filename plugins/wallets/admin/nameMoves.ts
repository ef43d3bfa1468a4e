import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { labelOf } from '../../../src/domain/labels.ts'
import { describeMove } from '../../../src/domain/payouts/describeMove.ts'
import type { WithdrawalStatus } from '../../../src/domain/payouts/withdrawalStates.ts'
import { readDb } from '../../../src/database/readDb.ts'
import type { Move } from '../../../src/ledger/statements/readStatement.ts'

/** A move with its note, the document that caused it, and the name of the other side. */
export type NamedMove = Move & {
  note: string | null
  cause: { path: string; text: string } | null
  otherName: string
}

type Named = { id: string; name: string; payer?: string }
type NamedWithdrawal = Named & { status: WithdrawalStatus }
type Names = {
  payments: Named[]
  refunds: Named[]
  people: Named[]
  orders: Named[]
  withdrawals: NamedWithdrawal[]
}

/** Adds the names of everything that a page of moves refers to, with one query. */
export const nameMoves = async (
  req: PayloadRequest,
  memberId: string,
  moves: Move[],
): Promise<NamedMove[]> => {
  if (moves.length === 0) return []
  const names = await loadNames(req, moves)
  const find = <One extends Named>(list: One[], id: string | null | undefined) =>
    list.find((one) => one.id === id)
  return moves.map((move) => {
    const payment = find(names.payments, move.links.payment)
    const refund = find(names.refunds, move.links.refund)
    const order = find(names.orders, move.links.cashbackEvent)
    const withdrawal = find(names.withdrawals, move.links.withdrawal)
    const person = find(names.people, move.other.owner)
    return {
      ...move,
      note: formatNote(move, { order, payment, refund, withdrawal }) ?? move.reason,
      cause: toCause(move, payment ?? order ?? withdrawal),
      otherName:
        move.other.owner === null
          ? labelOf(move.other.kind)
          : move.other.owner === memberId
            ? `Own ${move.other.kind}`
            : `${person?.name ?? 'Another member'}, ${move.other.kind}`,
    }
  })
}

type Causes = {
  order: Named | undefined
  payment: Named | undefined
  refund: Named | undefined
  withdrawal: NamedWithdrawal | undefined
}

const formatNote = (
  { kind }: Move,
  { order, payment, refund, withdrawal }: Causes,
): string | null => {
  if (withdrawal) {
    return describeMove({ kind, reference: withdrawal.name, status: withdrawal.status })
  }
  if (refund) return `Refund ${refund.name}`
  if (order) return `Order at ${order.payer ?? 'a merchant'}`
  return payment ? payerOf(payment) : null
}

const payerOf = ({ payer }: Named): string => `Payment of ${payer ?? 'a member'}`

const toCause = ({ id, links }: Move, named: Named | undefined): NamedMove['cause'] => {
  if (named) {
    if (links.withdrawal) return { path: `/withdrawals/${named.id}`, text: named.name }
    const slug = links.cashbackEvent ? 'cashback-events' : 'payments'
    return { path: `/${slug}/${named.id}/explain`, text: named.name }
  }
  if (links.adjustment) {
    return { path: `/adjustments/${links.adjustment}`, text: `…${links.adjustment.slice(-8)}` }
  }
  return { path: `/wallet-transactions/${id}`, text: `…${id.slice(-8)}` }
}

const loadNames = async (req: PayloadRequest, moves: Move[]): Promise<Names> => {
  const ids = (pick: (move: Move) => string | null | undefined) => {
    const found = [...new Set(moves.map(pick).filter((id) => typeof id === 'string'))]
    return sql`array[${sql.join(
      found.map((id) => sql`${id}`),
      sql`, `,
    )}]::uuid[]`
  }
  const db = await readDb(req)
  const { rows } = await db.execute<{ names: Names }>(sql`
    select jsonb_build_object(
      'payments', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.reference,
          'payer', coalesce(u.name, u.email))), '[]')
        from payments p join users u on u.id = p.user_id
        where p.id = any (${ids((move) => move.links.payment)})),
      'refunds', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', reference)), '[]')
        from refunds where id = any (${ids((move) => move.links.refund)})),
      'orders', (select coalesce(jsonb_agg(jsonb_build_object('id', e.id,
          'name', coalesce(s.order_id, s.external_id),
          'payer', coalesce(m.name, s.merchant_name))), '[]')
        from cashback_events e join network_transactions s on s.id = e.transaction_id
        left join merchants m on m.id = e.merchant_id
        where e.id = any (${ids((move) => move.links.cashbackEvent)})),
      'withdrawals', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', reference,
          'status', status)), '[]')
        from withdrawals where id = any (${ids((move) => move.links.withdrawal)})),
      'people', (select coalesce(jsonb_agg(jsonb_build_object('id', id,
          'name', coalesce(name, email))), '[]')
        from users where id = any (${ids((move) => move.other.owner)}))
    ) as names`)
  return rows[0]?.names ?? { payments: [], refunds: [], people: [], orders: [], withdrawals: [] }
}
