import { createMemberWithClicks, ingestOrders, type Order } from '../../support/ingestOrders.ts'
import type { BuiltProduct } from '../../support/startBuiltProduct.ts'
import type { Fixture } from './attackSql.ts'

const ORDER: Order = {
  order: 'guarded',
  click: 'c',
  timeline: [{ day: 0, status: 'approved', saleMinor: 249_900, commissionMinor: 12_495 }],
}

/**
 * Creates the rows that attacks start from: a credited order, an assignment, a claim, a statement
 * and a held import.
 */
export const cashbackFixture = async ({ payload, query }: BuiltProduct): Promise<Fixture> => {
  const at = { payload, sql: query }
  const { clicks, member, network } = await createMemberWithClicks(at, [ORDER])
  await ingestOrders(at, { clicks, day: 0, network: network.id, orders: [ORDER] })
  const [row] = await query<Fixture>(
    `with transaction as (
      select s.id, s.merchant_id, e.id as event from network_transactions s
      join cashback_events e on e.transaction_id = s.id where s.network_id = $1
    ), assignment as (
      insert into transaction_assignments (id, transaction_id, member_id, amount_minor, currency, status)
      select time_ordered_uuid(), transaction.id, $2, 1, 'INR', 'pending' from transaction returning id
    ), claim as (
      insert into cashback_claims (id, member_id, merchant_id, order_number, order_key, ordered_at, sale_minor, currency, status)
      select time_ordered_uuid(), $2, transaction.merchant_id, 'X', 'X', now(), 1, 'INR', 'open' from transaction returning id
    ), statement as (
      insert into network_statements (id, network_id, reference, paid_at, currency, total_minor, difference_minor, lines, matched, content_hash)
      values (time_ordered_uuid(), $1, 'R', now(), 'INR', 1, 0, 1, 1, 'x') returning id
    ), line as (
      insert into statement_lines (id, statement_id, number, amount_minor, currency, result)
      select time_ordered_uuid(), statement.id, 1, 1, 'INR', 'matched' from statement returning id
    ), run as (
      insert into sync_runs (id, network_id, status, window_by, window_from, window_to, started_at, pages, rows, changed, created, unattributed, quarantined)
      values (time_ordered_uuid(), $1, 'completed', 'event', now(), now(), now(), 0, 0, 0, 0, 0, 0) returning id
    ), file_import as (
      insert into file_imports (id, network_id, run_id, status, requested_by_id)
      select time_ordered_uuid(), $1, run.id, 'held', $2 from run returning id
    ), held as (
      insert into held_credits (id, file_import_id, transaction_id, member_id, from_minor, to_minor, amount_minor, currency, status)
      select time_ordered_uuid(), file_import.id, transaction.id, $2, 0, 1, 1, 'INR', 'held'
      from file_import, transaction returning id
    )
    select transaction.id as network_transactions, transaction.event as cashback_events,
      assignment.id as transaction_assignments, claim.id as cashback_claims,
      statement.id as network_statements, line.id as statement_lines,
      file_import.id as file_imports, held.id as held_credits
    from transaction, assignment, claim, statement, line, file_import, held`,
    [network.id, member.id],
  )
  return { ...row }
}
