import type { Client } from 'pg'

import type { TransactionRow } from '../../src/cashback/networks/types.ts'

const FIELDS = {
  externalId: 'text',
  isIdGenerated: 'boolean',
  orderId: 'text',
  subId: 'text',
  programId: 'text',
  programName: 'text',
  status: 'text',
  rawStatus: 'text',
  saleMinor: 'bigint',
  commissionMinor: 'bigint',
  currency: 'text',
  eventAt: 'timestamptz',
  clickedAt: 'timestamptz',
  changedAt: 'timestamptz',
  reversalOf: 'text',
  comment: 'text',
} as const
const NAMES = Object.keys(FIELDS) as (keyof typeof FIELDS)[]

/** Creates a table with the columns and the key of a transaction, without further indexes. */
export const createRawTransactions = async (client: Client): Promise<void> => {
  const columns = NAMES.map((name) => `"${name}" ${FIELDS[name]}`).join(', ')
  await client.query(
    `create table raw_transactions (id uuid, network uuid, ${columns}, created_at timestamptz, updated_at timestamptz,
       primary key (network, "externalId"))`,
  )
}

/** Upserts a page with one statement, written for speed alone. */
export const upsertRawTransactions = async (
  client: Client,
  network: string,
  rows: TransactionRow[],
): Promise<void> => {
  const names = NAMES.map((name) => `"${name}"`)
  const arrays = NAMES.map((name, index) => `$${index + 2}::${FIELDS[name]}[]`)
  const updates = names.map((name) => `${name} = excluded.${name}`)
  await client.query(
    `insert into raw_transactions (id, network, ${names.join(', ')}, created_at, updated_at)
     select gen_random_uuid(), $1, t.*, now(), now() from unnest(${arrays.join(', ')}) t
     on conflict (network, "externalId") do update set ${updates.join(', ')}, updated_at = now()`,
    [network, ...NAMES.map((name) => rows.map((row) => row[name]))],
  )
}
