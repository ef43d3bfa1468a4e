import { sql } from '@payloadcms/db-postgres'

import type { Range } from './statementRange.ts'
import { countable, spanOf } from './statementRows.ts'
import type { Database } from './transactionOf.ts'

/** A transfer as one wallet sees it. Amounts are minor units of the wallet's currency. */
export type Move = {
  /** The place in the wallet's history, from 1 on. */
  version: number
  id: string
  postedAt: Date
  /** Why money moved. */
  kind: string
  /** The wallet it came from or went to; those of the platform have no owner. */
  other: { kind: string; owner: string | null }
  inMinor: number
  outMinor: number
  balanceMinor: number
  reason: string | null
  /** The rows that explain it. */
  links: Partial<
    Record<
      'adjustment' | 'cashbackEvent' | 'commission' | 'payment' | 'refund' | 'reverses',
      string
    >
  >
}

/** The most moves of one page. */
export const MOST_MOVES = 500

/** Which moves of a range: above a version, of one kind, at most so many. */
export type Selection = { after: number; limit: number; transferKind?: string | undefined }

/** The next moves of a range in order of version, the order in which they were posted. */
export const readMoves = async (
  db: Database,
  { first, last, wallet }: Range,
  { after, ...selection }: Selection,
): Promise<Move[]> => {
  const above = Math.max(first, after)
  if (!wallet || last <= above) return []
  const { rows } = await db.execute<Row>(sql`
    select m.version, m.id, m.kind, m.delta, m.after, m.reason,
      extract(epoch from m.posted_at) * 1000 as posted_ms, o.kind as other_kind, o.owner_id,
      json_build_object('payment', m.payment_id, 'commission', m.commission_id,
        'refund', m.refund_id, 'adjustment', m.adjustment_id,
        'cashbackEvent', m.cashback_event_id, 'reverses', m.reverses_id) as links
    from ${spanOf(wallet, { ...selection, above, upTo: last })} m
    join wallets o on o.id = m.other_id
    order by m.version`)
  return rows.map(moveOf)
}

/** All moves of a range, a page at a time. */
export async function* pagesOf(
  db: Database,
  range: Range,
  transferKind: string | undefined,
): AsyncGenerator<Move[]> {
  let after = range.first
  for (;;) {
    const moves = await readMoves(db, range, { after, limit: MOST_MOVES, transferKind })
    yield moves
    if (moves.length < MOST_MOVES) return
    after = moves.at(-1)?.version ?? range.last
  }
}

const moveOf = (row: Row): Move => {
  const delta = countable(row.delta)
  return {
    version: countable(row.version),
    id: row.id,
    postedAt: new Date(Number(row.posted_ms)),
    kind: row.kind,
    other: { kind: row.other_kind, owner: row.owner_id },
    inMinor: Math.max(delta, 0),
    outMinor: Math.max(-delta, 0),
    balanceMinor: countable(row.after),
    reason: row.reason,
    links: Object.fromEntries(Object.entries(row.links).filter(([, id]) => id !== null)),
  }
}

type Row = {
  version: string
  id: string
  kind: string
  delta: string
  after: string
  reason: string | null
  posted_ms: string
  other_kind: string
  owner_id: string | null
  links: Record<string, string | null>
}
