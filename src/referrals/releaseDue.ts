import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'

import { dbIn } from '../database/dbIn.ts'
import { readDb } from '../database/readDb.ts'
import { postTransfers } from '../ledger/postTransfers.ts'
import { available, platform, type Transfer } from '../ledger/transfer.ts'
import { recordReleases } from './commissionStore.ts'
import { notifyEarned } from './notifyEarned.ts'

/**
 * Pays held commissions with a hold that has ended by `now`, oldest first, at most `limit` of them:
 * the amount of the award, less what refunds have reversed since. Runs in the caller's transaction
 * and returns the number it paid. Skips rows that another process has locked, and those of
 * `except`.
 */
export const releaseDue = async (
  req: PayloadRequest,
  { except = [], limit, now }: { except?: string[]; limit: number; now: Date },
): Promise<number> => {
  const db = await dbIn(req)
  const { rows } = await db.execute<Due>(sql`
    select id, payment_id, referrer_id, amount_minor - reversed_minor as left, currency
    from commissions where status = 'held' and hold_until <= ${now.toISOString()}
      and not (id::text = any(string_to_array(${except.join(',')}, ',')))
    order by hold_until, id limit ${limit} for no key update skip locked`)
  if (rows.length === 0) return 0

  const posted = await postTransfers(
    req,
    rows.map((row) => toTransfer(row, now)),
  )
  const paid = [...posted.values()].filter(({ isNew }) => isNew).map(({ id }) => id)
  await notifyEarned(req, paid, now)
  await recordReleases(
    req,
    rows.map(({ id }) => id),
    now,
  )
  return rows.length
}

type Due = {
  id: string
  payment_id: string
  referrer_id: string
  left: string
  currency: string
}

/** The key is that of an award without hold, so a commission is paid once either way. */
const toTransfer = (due: Due, now: Date): Transfer => ({
  key: `commission:payment:${due.payment_id}`,
  kind: 'commission',
  from: platform('commission-expense'),
  to: available(due.referrer_id),
  amountMinor: Number(due.left),
  currency: due.currency,
  links: { commission: due.id, payment: due.payment_id },
  occurredAt: now,
})

/** Returns the id of the next held commission to release, without those of `except`. */
export const findOldestDue = async (
  payload: Payload,
  { except, now }: { except: string[]; now: Date },
): Promise<string | undefined> => {
  const db = await readDb({ payload })
  const { rows } = await db.execute<{ id: string }>(sql`
    select id from commissions where status = 'held' and hold_until <= ${now.toISOString()}
      and not (id::text = any(string_to_array(${except.join(',')}, ',')))
    order by hold_until, id limit 1`)
  return rows[0]?.id
}
