import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { now as clockNow } from '../../platform/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import { type OwnWallet, selectMoves, toSafeInteger } from '../statements/walletRange.ts'
import { dbIn } from '../../database/dbIn.ts'
import { FROZEN_BY_VERIFICATION } from './markWallets.ts'

/** The stored state of a wallet; the balance in minor units. */
type StoredWallet = { balanceMinor: number; version: number; frozenReason: string | null }
export type Rebuilt = { walletId: string; before: StoredWallet; after: StoredWallet }

/**
 * Sets the stored balance and version of a member's wallet to the sum of its transfers, and lifts a
 * freeze by verification (no other). Moves no money and changes no transfer. Transfers posted while
 * the stored balance was wrong keep wrong balances, so up to that version only amounts count from
 * now on.
 *
 * Runs in the caller's transaction, under the wallet's lock. The caller checks the permission and
 * records the reason.
 *
 * @throws DomainError `request.not-found` there is no such wallet
 * @throws DomainError `ledger.no-transaction` the request carries no transaction
 */
export const rebuildWallet = async ({
  currency,
  kind = 'available',
  now = clockNow(),
  owner,
  req,
}: Omit<OwnWallet, 'kind'> & {
  req: PayloadRequest
  kind?: OwnWallet['kind'] | undefined
  now?: Date
}): Promise<Rebuilt> => {
  const db = await dbIn(req)
  const { rows: locked } = await db.execute<Row>(sql`
    select id, balance_minor, version, frozen_reason from wallets
    where owner_id = ${owner} and kind = ${kind} and currency = ${currency} for no key update`)
  const [before] = locked
  if (!before) throw new DomainError('request.not-found', 'There is no such wallet.')

  const { rows: rebuilt } = await db.execute<Row>(rebuildStatement(before.id, now.toISOString()))
  const [after = before] = rebuilt
  return { walletId: before.id, before: toStored(before), after: toStored(after) }
}

type Row = { id: string; balance_minor: string; version: string; frozen_reason: string | null }

const toStored = (row: Row): StoredWallet => ({
  balanceMinor: toSafeInteger(row.balance_minor),
  version: toSafeInteger(row.version),
  frozenReason: row.frozen_reason,
})

/** A statement after the one that locks, so that it sees all earlier postings. */
const rebuildStatement = (id: string, at: string) => sql`
  with running as (
    select
      version,
      delta,
      after,
      posted_at,
      sum(delta) over moves as sum,
      lag(version) over moves as previous,
      posted_at < lag(posted_at) over moves as is_early
    from ${selectMoves(id)} move window moves as (order by version)
  ), history as (
    select coalesce(sum(delta), 0) as sum, coalesce(max(version), 0) as version,
      max(posted_at) as posted_at, coalesce(max(version) filter (
        where after <> sum or version <> coalesce(previous, 0) + 1 or is_early), 0) as broken
    from running
  )
  update wallets w set
    balance_minor = h.sum,
    version = h.version,
    rebuilt_version = h.broken,
    last_posted_at = h.posted_at,
    verified_version = h.version,
    verified_balance_minor = h.sum,
    verified_at = ${at},
    updated_at = ${at},
    frozen_at = case when ${isLifted} then null else w.frozen_at end,
    frozen_reason = case when ${isLifted} then null else w.frozen_reason end
  from history h where w.id = ${id}
  returning w.id, w.balance_minor, w.version, w.frozen_reason`

const isLifted = sql`starts_with(w.frozen_reason, ${FROZEN_BY_VERIFICATION})`
