import { sql } from '@payloadcms/db-postgres'

import { DomainError } from '../domain/errors.ts'
import type { Database } from '../ledger/transactionOf.ts'

/** A network's row, as far as asking it needs. Credentials and tokens as they are stored: sealed. */
export type NetworkRow = {
  id: string
  name: string
  adapter: string
  isOn: boolean
  settings: object | null
  credentials: string | null
  tokens: string | null
  overlapHours: number
  eventWatermark: string | null
  changeWatermark: string | null
}

const COLUMNS = sql`id::text, name, adapter, is_on as "isOn", settings, credentials ->> 'sealed' as credentials,
  tokens, overlap_hours::int as "overlapHours", to_json(event_watermark) #>> '{}' as "eventWatermark",
  to_json(change_watermark) #>> '{}' as "changeWatermark"`

/** @throws DomainError `network.not-found` no network of that id or name */
export const networkRow = async (db: Database, nameOrId: string): Promise<NetworkRow> => {
  const { rows } = await db.execute<NetworkRow>(
    sql`select ${COLUMNS} from networks where id::text = ${nameOrId} or name = ${nameOrId} limit 1`,
  )
  const [row] = rows
  if (!row) throw new DomainError('network.not-found', `There is no network "${nameOrId}".`)
  return row
}

/** Those that are switched on, by name. */
export const openNetworks = async (db: Database): Promise<NetworkRow[]> => {
  const { rows } = await db.execute<NetworkRow>(
    sql`select ${COLUMNS} from networks where is_on order by name`,
  )
  return rows
}
