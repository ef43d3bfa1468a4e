import { randomUUID } from 'node:crypto'

import { Client } from 'pg'

import { createMachine } from '../support/factories.ts'
import type { BuiltProduct } from '../support/startBuiltProduct.ts'

export const WIDTH = 8

export type World = {
  product: BuiltProduct
  authorization: string
  /** Payers, each referred by the referrer of the same index. */
  payers: string[]
  referrers: string[]
  /** One connection for each lane, for the raw work. */
  clients: Client[]
  isQuick: boolean
}

/**
 * Creates members and connections for the measurements. Members are inserted by SQL: they never
 * sign in.
 */
export const createWorld = async (product: BuiltProduct, isQuick: boolean): Promise<World> => {
  const referrers = Array.from({ length: 200 }, () => randomUUID())
  const payers = referrers.map(() => randomUUID())
  await product.query(
    `insert into users (id, name, email, role, affiliate_active, invite_code, referred_by_id, email_verified_at, created_at, updated_at)
     select p.id, 'bench', p.id || '@bench.test', 'member', true,
       upper(replace(p.id::text, '-', '')), p.referrer, now(), now(), now()
     from (select unnest($1::uuid[]) as id, null::uuid as referrer
       union all select * from unnest($2::uuid[], $1::uuid[])) p`,
    [referrers, payers],
  )
  const clients = await Promise.all(
    Array.from({ length: WIDTH }, async () => {
      const client = new Client({ connectionString: product.web.databaseUrl })
      await client.connect()
      return client
    }),
  )
  const authorization = await createMachine(product.payload, ['payments:write'])
  return { product, authorization, payers, referrers, clients, isQuick }
}
