import { randomInt, randomUUID } from 'node:crypto'

import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

/**
 * The class of advisory locks by which workers show that they live: the database lets one go the
 * moment that its connection ends, long before the leases of a killed worker do.
 */
export const LIFE = 29_810

const HOLDERS = new WeakMap<Payload, number>()

/** Names this worker as the holder of its leases; it has to hold the lock (`LIFE`, the number). */
export const becomeHolder = (payload: Payload): number => {
  const holder = randomInt(1, 2 ** 31 - 1)
  HOLDERS.set(payload, holder)
  return holder
}

/** A token for new leases; it tells whose they are where a worker lives behind it. */
export const leaseToken = (payload: Payload): string => {
  const holder = HOLDERS.get(payload)
  return holder === undefined ? randomUUID() : `${holder}:${randomUUID()}`
}

/** Of rows with a lease: that its holder was a worker, and does not live any more. */
export const IS_HOLDER_GONE = sql`split_part(lease_token, ':', 2) <> ''
  and split_part(lease_token, ':', 1)::bigint not in (select objid::bigint from pg_locks
    where locktype = 'advisory' and classid = ${sql.raw(String(LIFE))} and granted
      and database = (select oid from pg_database where datname = current_database()))`
