import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'

import type { Database } from '../../database/dbIn.ts'
import { DomainError } from '../../domain/errors.ts'

/** The part of a network's row that reading needs. Credentials and tokens are encrypted, as stored. */
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
  credentials ->> 'encrypted' as credentials,
  tokens,
  overlap_hours::int as "overlapHours",
  to_json(event_watermark) #>> '{}' as "eventWatermark",
  to_json(change_watermark) #>> '{}' as "changeWatermark"`

/**
 * Loads a network by name or id.
 *
 * @throws DomainError `network.not-found`
 */
export const loadNetwork = async (db: Database, nameOrId: string): Promise<NetworkRow> => {
  const { rows } = await db.execute<NetworkRow>(
    sql`select ${COLUMNS} from networks where id::text = ${nameOrId} or name = ${nameOrId} limit 1`,
  )
  const [row] = rows
  if (!row) throw new DomainError('network.not-found', `There is no network "${nameOrId}".`)
  return row
}

/** Lists the networks that are switched on, by name. */
export const loadActiveNetworks = async (db: Database): Promise<NetworkRow[]> => {
  const { rows } = await db.execute<NetworkRow>(
    sql`select ${COLUMNS} from networks where is_on order by name`,
  )
  return rows
}

/**
 * Returns true if we fetch the network's report over its API; otherwise the report comes in files.
 */
export const isPolled = ({ adapter }: { adapter: string }): boolean => adapter !== 'csv'

/** The part of a network's row that its postbacks need. */
export type PostbackNetwork = {
  id: string
  adapter: string
  isOn: boolean
  settings: object | null
  isTrusted: boolean
  /**
   * The maximum cashback of one transaction that a postback may move, in minor units; null: none.
   */
  trustedCapMinor: number | null
  /** The maximum cashback that its postbacks may move in a day, in minor units. */
  trustedDayCapMinor: number
  currency: string | null
  overlapHours: number
  postbackVersion: number
}

type PostbackNetworkRow = Omit<PostbackNetwork, 'trustedCapMinor' | 'trustedDayCapMinor'> & {
  trustedCapMinor: string | null
  trustedDayCapMinor: string
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const NO_ID = '00000000-0000-0000-0000-000000000000'

/** Loads a network for its postbacks, by id; null if there is none. */
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
      trusted_day_cap_minor as "trustedDayCapMinor",
      currency,
      overlap_hours::int as "overlapHours",
      postback_version::int as "postbackVersion"
    from networks where id = ${UUID.test(id) ? id : NO_ID}`)
  const [row] = rows
  if (!row) return null
  const { trustedCapMinor, trustedDayCapMinor } = row
  return {
    ...row,
    trustedCapMinor: trustedCapMinor === null ? null : Number(trustedCapMinor),
    trustedDayCapMinor: Number(trustedDayCapMinor),
  }
}

/** Records the outcome of reading all windows of a network. `problem` is null if all succeeded. */
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
 * Builds the end of a statement with a part `ended` (`network_id`, `window_by`), which is a run
 * that ended. It moves the watermark of the run's kind forward, never back. Null moves nothing.
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

/** Loads the tokens that a network issued last, encrypted; null if there are none. */
export const loadTokens = async (db: Database, network: string): Promise<string | null> => {
  const { rows } = await db.execute<{ tokens: string | null }>(
    sql`select tokens from networks where id = ${network}`,
  )
  return rows[0]?.tokens ?? null
}

/** Stores a network's tokens, encrypted. */
export const storeTokens = async (
  db: Database,
  { network, encrypted }: { network: string; encrypted: string },
): Promise<void> => {
  await db.execute(sql`update networks set tokens = ${encrypted} where id = ${network}`)
}
