import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'

import type { Database } from '../../../database/dbIn.ts'
import { DomainError } from '../../../domain/errors.ts'

/** A network's row, as far as reading it needs. Credentials and tokens are sealed, as stored. */
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

const COLUMNS = sql`
  id::text,
  name,
  adapter,
  is_on as "isOn",
  settings,
  credentials ->> 'sealed' as credentials,
  tokens,
  overlap_hours::int as "overlapHours",
  to_json(event_watermark) #>> '{}' as "eventWatermark",
  to_json(change_watermark) #>> '{}' as "changeWatermark"`

/** @throws DomainError `network.not-found` no network has that id or name */
export const loadNetwork = async (db: Database, nameOrId: string): Promise<NetworkRow> => {
  const { rows } = await db.execute<NetworkRow>(
    sql`select ${COLUMNS} from networks where id::text = ${nameOrId} or name = ${nameOrId} limit 1`,
  )
  const [row] = rows
  if (!row) throw new DomainError('network.not-found', `There is no network "${nameOrId}".`)
  return row
}

/** The networks that are on, by name. */
export const loadActiveNetworks = async (db: Database): Promise<NetworkRow[]> => {
  const { rows } = await db.execute<NetworkRow>(
    sql`select ${COLUMNS} from networks where is_on order by name`,
  )
  return rows
}

/** Whether we fetch a network's report; the report of another one comes in files. */
export const isPolled = ({ adapter }: { adapter: string }): boolean => adapter !== 'csv'

/** A network's row, as far as its postbacks need it. */
export type PostbackNetwork = {
  id: string
  adapter: string
  isOn: boolean
  settings: object | null
  isTrusted: boolean
  /** The most cashback of one transaction that a postback may move, in minor units; null: none. */
  trustedCapMinor: number | null
  currency: string | null
  postbackVersion: number
}

type PostbackNetworkRow = Omit<PostbackNetwork, 'trustedCapMinor'> & {
  trustedCapMinor: string | null
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const NO_ID = '00000000-0000-0000-0000-000000000000'

/** Null where no network has that id. */
export const loadPostbackNetwork = async (
  db: Database,
  id: string,
): Promise<PostbackNetwork | null> => {
  const { rows } = await db.execute<PostbackNetworkRow>(sql`
    select id::text,
      adapter,
      coalesce(is_on, false) as "isOn",
      settings,
      coalesce(is_trusted, false) as "isTrusted",
      trusted_cap_minor as "trustedCapMinor",
      currency,
      postback_version::int as "postbackVersion"
    from networks where id = ${UUID.test(id) ? id : NO_ID}`)
  const [row] = rows
  if (!row) return null
  const { trustedCapMinor } = row
  return { ...row, trustedCapMinor: trustedCapMinor === null ? null : Number(trustedCapMinor) }
}

/**
 * Records how the reading of all windows of a network ended, not of the first one alone. Null
 * `problem`: it succeeded.
 */
export const recordOutcome = async (
  db: Database,
  { network, now, problem }: { network: string; problem: string | null; now: Date },
): Promise<void> => {
  const at = now.toISOString()
  const isGood = problem === null
  await db.execute(sql`
    update networks set
      last_run_at = ${at},
      last_problem = ${problem},
      last_success_at = case when ${isGood} then ${at}::timestamptz else last_success_at end
    where id = ${network}`)
}

/**
 * The end of a statement whose part `ended` (`network_id`, `window_by`) is a run that ended: moves
 * the watermark of the run's kind on, and never back. Nothing for null.
 */
export const advanceWatermark = (watermark: Date | null): SQL => {
  const at = watermark?.toISOString() ?? null
  return sql`
    update networks n set
      event_watermark = case
        when ended.window_by = 'event' then greatest(n.event_watermark, ${at}::timestamptz)
        else n.event_watermark
      end,
      change_watermark = case
        when ended.window_by = 'change' then greatest(n.change_watermark, ${at}::timestamptz)
        else n.change_watermark
      end
    from ended where n.id = ended.network_id and ${at}::timestamptz is not null`
}

/** The tokens that a network handed out last, sealed; null where there are none. */
export const loadTokens = async (db: Database, network: string): Promise<string | null> => {
  const { rows } = await db.execute<{ tokens: string | null }>(
    sql`select tokens from networks where id = ${network}`,
  )
  return rows[0]?.tokens ?? null
}

/** Stores a network's tokens, sealed. */
export const storeTokens = async (
  db: Database,
  { network, sealed }: { network: string; sealed: string },
): Promise<void> => {
  await db.execute(sql`update networks set tokens = ${sealed} where id = ${network}`)
}
