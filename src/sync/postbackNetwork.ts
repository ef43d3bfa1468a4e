import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'

/** A network's row, as far as its postbacks need it. */
export type PostbackNetwork = {
  id: string
  adapter: string
  isOn: boolean
  settings: object | null
  isTrusted: boolean
  /** The most cashback for one sale that a postback may move; null for none. Minor units. */
  trustedCapMinor: number | null
  currency: string | null
  postbackVersion: number
}

type Row = Omit<PostbackNetwork, 'trustedCapMinor'> & { trustedCapMinor: string | null }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Null where there is none of that id. */
export const postbackNetwork = async (
  db: Database,
  id: string,
): Promise<PostbackNetwork | null> => {
  const { rows } = await db.execute<Row>(sql`
    select id::text, adapter, coalesce(is_on, false) as "isOn", settings, coalesce(is_trusted, false) as "isTrusted",
      trusted_cap_minor as "trustedCapMinor", currency, postback_version::int as "postbackVersion"
    from networks where id = ${UUID.test(id) ? id : NOBODY}`)
  const [row] = rows
  if (!row) return null
  return {
    ...row,
    trustedCapMinor: row.trustedCapMinor === null ? null : Number(row.trustedCapMinor),
  }
}
