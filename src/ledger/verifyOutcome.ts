import { sql } from '@payloadcms/db-postgres'

import type { Database } from './transactionOf.ts'
import type { WalletProblem } from './verifyReport.ts'

/**
 * The wallets as they were when they were looked at: id, version, balance and when they were last
 * verified, as JSON for the database, so many at a time. Those without a problem, and with it.
 */
export type Snapshot = { sound: string[]; broken: string[] }

/** Wallets whose verified point moves at a time: few enough that nobody waits for it. */
const BATCH = 5_000
/** How a freeze by verification begins: a rebuild lifts this kind, and no other. */
export const FROZEN_BY_VERIFICATION = 'does not add up: '

/** Takes down, on the snapshot that was looked at, what the two functions below will need. */
export const takeSnapshot = async (db: Database, problems: WalletProblem[]): Promise<Snapshot> => {
  const broken = JSON.stringify([...new Set(problems.flatMap(({ wallets }) => wallets))])
  const { rows } = await db.execute<{ is_sound: boolean; batch: string }>(sql`
    select is_sound, jsonb_agg(jsonb_build_array(id, version, balance_minor, verified_at))::text as batch
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
 * Freezes the wallets that do not add up, but for those frozen already and those that were
 * verified or rebuilt meanwhile. Answers the ids of those it froze.
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
      with ${given(batch)}
      update wallets w set frozen_at = ${now.toISOString()}, updated_at = ${now.toISOString()},
        frozen_reason = ${reasons}::jsonb ->> w.id::text
      from given g where w.id = g.id and w.frozen_at is null
        and w.verified_at is not distinct from g.verified_at
      returning w.id`)
    frozen.push(...rows.map(({ id }) => id))
  }
  return frozen
}

/**
 * Moves the verified point of sound wallets to what was looked at, and never past it. A wallet
 * that somebody is posting to right now is left for the next run. Answers how many it moved.
 */
export const advanceVerified = async (
  db: Database,
  { sound }: Snapshot,
  now: Date,
): Promise<number> => {
  let moved = 0
  for (const batch of sound) {
    const { rows } = await db.execute<{ moved: number }>(sql`
      with ${given(batch)}, free as (
        select w.id from wallets w join given g on g.id = w.id
        where w.verified_at is not distinct from g.verified_at
        for no key update of w skip locked
      ), moved as (
        update wallets w set verified_version = g.version, verified_balance_minor = g.balance,
          verified_at = ${now.toISOString()}
        from given g join free on free.id = g.id where w.id = g.id
        returning w.id
      ) select count(*)::int as moved from moved`)
    moved += rows[0]?.moved ?? 0
  }
  return moved
}

const given = (batch: string) => sql`
  given as materialized (
    select (g ->> 0)::uuid as id, (g ->> 1)::bigint as version, (g ->> 2)::bigint as balance,
      (g ->> 3)::timestamptz as verified_at
    from jsonb_array_elements(${batch}::jsonb) g
  )`
