import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'

import { isCounted } from './isCounted.ts'

/**
 * What returns take away from the sale `s`, not above zero. An order may have several rows, one for
 * each thing that was bought: what returned of it is taken from them one after the other, and once.
 * What a postback alone tells of counts for nothing, nor does what the network does not stand by.
 */
export const RETURNED: SQL = sql`
  (select least(0, coalesce(sum(x.commission_minor) filter (where x.return_of = s.order_id), 0)
    + coalesce(sum(greatest(x.commission_minor, 0)) filter (where x.return_of is null
      and (x.event_at, x.external_id) < (s.event_at, s.external_id)), 0))
  from network_transactions x where s.order_id is not null and x.network_id = s.network_id
    and (x.return_of = s.order_id or (x.return_of is null and x.order_id = s.order_id))
    and x.currency = s.currency and x.program_id is not distinct from s.program_id
    and ${isCounted(sql`x`)})`
