import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { cache } from 'react'

import { labelOf } from '../../domain/labels.ts'

/**
 * Returns the names of wallets by id. The cells of a list call it one by one and share no request;
 * one query serves all calls of one tick.
 */
export const walletNames = cache((payload: Payload) => {
  let batch: { ids: Set<string>; names: Promise<Map<string, string>> } | null = null
  return async (id: string): Promise<string> => {
    if (!batch) {
      const ids = new Set<string>()
      const names = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        batch = null
        return load(payload, [...ids])
      })
      batch = { ids, names }
    }
    batch.ids.add(id)
    return (await batch.names).get(id) ?? id
  }
})

const load = async (payload: Payload, ids: string[]): Promise<Map<string, string>> => {
  const { drizzle } = payload.db as unknown as PostgresAdapter
  const { rows } = await drizzle.execute<{ id: string; kind: string; owner: string | null }>(sql`
    select w.id, w.kind, u.name as owner from wallets w left join users u on u.id = w.owner_id
    where w.id in (${sql.join(
      ids.map((id) => sql`${id}::uuid`),
      sql`, `,
    )})`)
  return new Map(
    rows.map(({ id, kind, owner }) => [id, owner ? `${owner}, ${kind}` : labelOf(kind)]),
  )
}
