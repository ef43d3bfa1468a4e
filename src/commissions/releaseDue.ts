import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { postTransfers } from '../ledger/postTransfers.ts'
import { transactionOf } from '../ledger/transactionOf.ts'
import type { Transfer } from '../ledger/types.ts'
import { tellEarned } from './tellEarned.ts'
import { available, platform } from '../ledger/walletRefs.ts'

/**
 * Pays held commissions whose hold has ended by `now`, oldest first, at most `limit` of them: what
 * was decided at award, less what refunds took meanwhile. Runs in the caller's transaction and
 * answers how many it paid; rows that another process is at are left to it,
 * and so are those of `except`.
 */
export const releaseDue = async (
  req: PayloadRequest,
  { except = [], limit, now }: { except?: string[]; limit: number; now: Date },
): Promise<number> => {
  const db = await transactionOf(req)
  const { rows } = await db.execute<Due>(sql`
    select id, payment_id, referrer_id, amount_minor - reversed_minor as left, currency
    from commissions where status = 'held' and hold_until <= ${now.toISOString()}
      and not (id::text = any(string_to_array(${except.join(',')}, ',')))
    order by hold_until, id limit ${limit} for no key update skip locked`)
  if (rows.length === 0) return 0

  const posted = await postTransfers(
    req,
    rows.map((row) => transferOf(row, now)),
  )
  const paid = [...posted.values()].filter(({ isNew }) => isNew).map(({ id }) => id)
  await tellEarned(req, paid, now)
  const ids = sql.join(
    rows.map(({ id }) => sql`${id}::uuid`),
    sql`, `,
  )
  await db.execute(sql`
    update commissions set updated_at = ${now.toISOString()},
      status = case when reversed_minor > 0 then 'partly-reversed' else 'awarded' end::enum_commissions_status
    where id in (${ids})`)
  return rows.length
}

type Due = {
  id: string
  payment_id: string
  referrer_id: string
  left: string
  currency: string
}

/** The key of an award paid at once: a commission is paid once, whichever way. */
const transferOf = (due: Due, now: Date): Transfer => ({
  key: `commission:payment:${due.payment_id}`,
  kind: 'commission',
  from: platform('commission-expense'),
  to: available(due.referrer_id),
  amountMinor: Number(due.left),
  currency: due.currency,
  links: { commission: due.id, payment: due.payment_id },
  occurredAt: now,
})
