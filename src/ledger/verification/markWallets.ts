import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'

/** One thing that verification found wrong. */
export type WalletProblem = {
  problem:
    | 'attempt-differs'
    | 'balance-differs'
    | 'books-unbalanced'
    | 'cashback-differs'
    | 'clawback-differs'
    | 'commission-differs'
    | 'currency-differs'
    | 'held-differs'
    | 'payment-decided-twice'
    | 'payment-without-decision'
    | 'payout-without-attempt'
    | 'posted-backwards'
    | 'refunds-differ'
    | 'reversal-differs'
    | 'version-gap'
    | 'version-missing'
    | 'withdrawal-differs'
  /**
   * The wallet, transfer, payment, commission, refund, cashback event, withdrawal or attempt
   * concerned; the member of a held wallet that is missing.
   */
  subject: string
  detail: string
  /** Members' wallets that do not add up because of it. They are frozen for withdrawals. */
  wallets: string[]
}

/**
 * The wallets of the verified snapshot: id, version, balance and time of their last verification,
 * as JSON batches for the database. `sound` wallets have no problem, `broken` ones have.
 */
export type Snapshot = { sound: string[]; broken: string[] }

/** Wallets of one statement: few enough that postings do not wait long for its locks. */
const BATCH = 5_000
/** The prefix of a freeze reason that verification sets. A rebuild lifts only these freezes. */
export const FROZEN_BY_VERIFICATION = 'does not add up: '

/** Reads from the verified snapshot what `freezeWallets` and `advanceVerified` need. */
export const takeSnapshot = async (db: Database, problems: WalletProblem[]): Promise<Snapshot> => {
  const broken = JSON.stringify([...new Set(problems.flatMap(({ wallets }) => wallets))])
  const { rows } = await db.execute<{ is_sound: boolean; batch: string }>(sql`
    select
      is_sound,
      jsonb_agg(jsonb_build_array(id, version, balance_minor, verified_at))::text as batch
    from (
      select w.*, b.id is null as is_sound,
        row_number() over (partition by b.id is null order by w.id) / ${BATCH}::int as n
      from wallets w left join (
        select jsonb_array_elements_text(${broken}::jsonb)::uuid as id) b on b.id = w.id
      where w.owner_id is not null and (b.id is not null
        or w.version <> w.verified_version or w.balance_minor <> w.verified_balance_minor)
    ) wallet group by is_sound, n`)
  const batches = (isSound: boolean): string[] =>
    rows.filter(({ is_sound }) => is_sound === isSound).map(({ batch }) => batch)
  return { sound: batches(true), broken: batches(false) }
}

/**
 * Freezes the wallets that do not add up. Skips those already frozen and those verified or rebuilt
 * since the snapshot. Returns the ids of the wallets it froze.
 */
export const freezeWallets = async (
  db: Database,
  problems: WalletProblem[],
  { broken }: Snapshot,
  now: Date,
): Promise<string[]> => {
  const reasons = JSON.stringify(
    Object.fromEntries(
      problems.flatMap(({ problem, wallets }) =>
        wallets.map((id) => [id, FROZEN_BY_VERIFICATION + problem]),
      ),
    ),
  )
  const frozen: string[] = []
  for (const batch of broken) {
    const { rows } = await db.execute<{ id: string }>(sql`
      with ${selectBatch(batch)}
      update wallets w set
        frozen_at = ${now.toISOString()},
        updated_at = ${now.toISOString()},
        frozen_reason = ${reasons}::jsonb ->> w.id::text
      from given g where w.id = g.id and w.frozen_at is null
        and w.verified_at is not distinct from g.verified_at
      returning w.id`)
    frozen.push(...rows.map(({ id }) => id))
  }
  return frozen
}

/**
 * Moves the verified point of sound wallets to the snapshot, never past it. A wallet with a posting
 * under way is left for the next run. Returns the number of wallets it moved.
 */
export const advanceVerified = async (
  db: Database,
  { sound }: Snapshot,
  now: Date,
): Promise<number> => {
  let moved = 0
  for (const batch of sound) {
    const { rows } = await db.execute<{ moved: number }>(sql`
      with ${selectBatch(batch)}, free as (
        select w.id from wallets w join given g on g.id = w.id
        where w.verified_at is not distinct from g.verified_at
        for no key update of w skip locked
      ), moved as (
        update wallets w set
          verified_version = g.version,
          verified_balance_minor = g.balance,
          verified_at = ${now.toISOString()}
        from given g join free on free.id = g.id where w.id = g.id
        returning w.id
      ) select count(*)::int as moved from moved`)
    moved += rows[0]?.moved ?? 0
  }
  return moved
}

const selectBatch = (batch: string) => sql`
  given as materialized (
    select
      (g ->> 0)::uuid as id,
      (g ->> 1)::bigint as version,
      (g ->> 2)::bigint as balance,
      (g ->> 3)::timestamptz as verified_at
    from jsonb_array_elements(${batch}::jsonb) g
  )`
