import { randomBytes } from 'node:crypto'

import { getPayload } from 'payload'
import { Client, Pool } from 'pg'

import { provideEnv } from '../../../src/config/env.ts'
import { closePayload } from '../../../src/database/pool.ts'
import { verifyWallets } from '../../../src/ledger/verification/verifyWallets.ts'
import { freePort } from '../../../src/server/postgres/freePort.ts'
import { spawnWeb } from '../../../src/server/processes/spawnWeb.ts'
import { type Fate, startDatabaseProxy } from '../../support/databaseProxy.ts'
import { createCopy } from '../../support/startBuiltWeb.ts'
import { TEMPLATE } from '../../support/startTestServer.ts'
import { inLanes } from '../inLanes.ts'
import { seededRandom } from '../seededRandom.ts'
import type { Finding, ProofContext } from '../types.ts'
import type { Answer } from './ask.ts'
import { type Attempt, type Kind, KINDS } from './requests.ts'
import { createWorld, type Database } from './world.ts'

const WIDTH = 4
/** The fates of commits. Half of them pass, so that repeated requests come to an end. */
const FATES: Fate[] = ['fail', 'cancel', 'lock', 'cut-before', 'cut-after']
const PASS_SHARE = 0.5
/** Statements that commit by themselves. */
const AUTOCOMMITS = /insert into inbound_events/
/** The advisory lock that the proof holds, for commits that wait too long. */
const HELD_LOCK = 29_811

/**
 * Sends requests of every kind through commits that fail, are cancelled, wait too long for a lock,
 * or lose their line before or after PostgreSQL gets them.
 */
export const faultyCommits = async (
  { postgres, say, seed }: ProofContext,
  count: number,
): Promise<Finding[]> => {
  const databaseUrl = postgres.url(await createCopy(postgres, TEMPLATE))
  const pool = new Pool({ connectionString: databaseUrl, max: WIDTH })
  const database: Database = {
    sql: async <Row>(text: string) => (await pool.query(text)).rows as Row[],
  }
  const holder = await holdLock(databaseUrl)
  await actAtCommits(database)
  const fates = new Map<Fate, number>()
  const random = seededRandom(seed)
  const state = { isFaulty: false }
  const decide = () => {
    const fate = state.isFaulty ? drawFate(random) : 'pass'
    if (state.isFaulty) fates.set(fate, (fates.get(fate) ?? 0) + 1)
    return fate
  }
  const proxy = await startDatabaseProxy({ databaseUrl, decide, autocommits: AUTOCOMMITS })
  const secret = randomBytes(32).toString('hex')
  const env = { DATABASE_URL: proxy.url, PAYLOAD_SECRET: secret, RATE_LIMITS: 'off' }
  const web = spawnWeb(await freePort(), { ...env, LOG_LEVEL: 'silent' }, ['--without-admin'])
  provideEnv({ DATABASE_URL: databaseUrl, PAYLOAD_SECRET: secret })
  const { default: config } = await import('../../../payload.config.ts')
  const payload = await getPayload({ config })
  try {
    await web.untilReady()
    const world = await createWorld({ payload, ...database }, web.baseUrl)
    const kinds = Array.from({ length: count }, (_, index) => KINDS[index % KINDS.length] as Kind)
    const prepared = await inLanes(kinds, WIDTH, async (kind) => ({
      kind,
      attempt: await kind.prepare(world),
    }))
    state.isFaulty = true
    const ended = await inLanes(prepared, WIDTH, play)
    state.isFaulty = false
    say(`${count} requests; commits: ${[...fates].map(([fate, n]) => `${n} ${fate}`).join(', ')}`)
    const stored = await inLanes(ended, WIDTH, async (one) => ({
      ...one,
      stored: (await database.sql<{ count: number }>(one.effect))[0]?.count ?? 0,
    }))
    return [
      checkFates(fates),
      ...checkStored(stored),
      await checkMoney(database),
      {
        guarantee: 'the books add up',
        ...(await verifyWallets(payload).then(({ problems }) => ({
          holds: problems.length === 0,
          seen: `${problems.length} problems`,
        }))),
      },
      {
        guarantee: 'the web process did not end',
        holds: web.process.exitCode === null && web.process.signalCode === null,
        seen: `exit code ${web.process.exitCode ?? 'none'}`,
      },
    ]
  } finally {
    await web.stop()
    await closePayload(payload)
    await holder.end()
    await pool.end()
    await proxy.stop()
  }
}

const drawFate = (random: () => number): Fate =>
  random() < PASS_SHARE ? 'pass' : (FATES[Math.floor(random() * FATES.length)] ?? 'pass')

/** Holds the lock for which commits wait in vain, until its connection ends. */
const holdLock = async (connectionString: string): Promise<Client> => {
  const client = new Client({ connectionString })
  await client.connect()
  await client.query(`select pg_advisory_lock(${HELD_LOCK})`)
  return client
}

/** Every row that a transaction writes makes its COMMIT end as the session's setting tells. */
const actAtCommits = async ({ sql }: Database): Promise<void> => {
  await sql(`
    create function act_at_commit() returns trigger language plpgsql as $$
    begin
      case current_setting('proof.commit', true)
        when 'fail' then raise exception 'the proof fails this commit';
        when 'cancel' then
          perform pg_cancel_backend(pg_backend_pid());
          perform pg_sleep(5);
        when 'lock' then
          perform set_config('lock_timeout', '20ms', true);
          perform pg_advisory_xact_lock(${HELD_LOCK});
        else null;
      end case;
      return null;
    end $$`)
  await sql(`
    do $$ declare name text; begin
      for name in select c.relname from pg_class c
        where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      loop
        execute format('create constraint trigger act_at_commit after insert or update or delete
          on %I deferrable initially deferred for each row execute function act_at_commit()', name);
      end loop;
    end $$`)
}

type Prepared = { kind: Kind; attempt: Attempt }
type Ended = { kind: Kind; effect: string; answers: Answer[] }
type Stored = Ended & { stored: number }

/** Sends a request once, or until it is answered. */
const play = async ({ attempt, kind }: Prepared): Promise<Ended> => {
  const answers = [await attempt.send()]
  while (kind.isRepeated && answers.at(-1)?.isAgain) answers.push(await attempt.send())
  return { kind, effect: attempt.effect, answers }
}

const checkFates = (fates: Map<Fate, number>): Finding => ({
  guarantee: 'commits failed, were cancelled, and lost their line before and after',
  holds: FATES.every((fate) => (fates.get(fate) ?? 0) > 0),
  seen: [...fates].map(([fate, count]) => `${count} ${fate}`).join(', '),
})

const checkStored = (all: Stored[]): Finding[] => {
  const falseYes = all.filter(
    ({ answers, stored }) => answers.some(({ isYes }) => isYes) && stored === 0,
  )
  const repeated = all.filter(({ kind }) => kind.isRepeated)
  const notOnce = repeated.filter(({ stored }) => stored !== 1)
  const once = all.filter(({ kind }) => !kind.isRepeated)
  const tooOften = once.filter(({ stored }) => stored > 1)
  const tries = repeated.reduce((sum, { answers }) => sum + answers.length, 0)
  const yes = all.filter(({ answers }) => answers.at(-1)?.isYes).length
  return [
    {
      guarantee: 'no answer below 400 for what is not stored',
      holds: falseYes.length === 0 && yes > 0,
      seen: `${yes} of ${all.length} were answered with success, ${falseYes.length} of them wrongly${describe(falseYes)}`,
    },
    {
      guarantee: 'a request that is repeated until it is answered has exactly one effect',
      holds: notOnce.length === 0 && repeated.length > 0,
      seen: `${repeated.length} requests in ${tries} tries, ${notOnce.length} not once${describe(notOnce)}`,
    },
    {
      guarantee: 'a request that is sent once has one effect at most',
      holds: tooOften.length === 0 && once.length > 0,
      seen: `${once.length} requests, ${tooOften.length} more than once${describe(tooOften)}`,
    },
  ]
}

const describe = (wrong: Stored[]): string =>
  wrong
    .slice(0, 5)
    .map(
      ({ answers, kind, stored }) =>
        `; ${kind.name} (${answers.map(({ text }) => text).join(' → ')}): ${stored} stored`,
    )
    .join('')

/** Money follows what is stored: one commission a completed payment, one clawback a refund. */
const checkMoney = async ({ sql }: Database): Promise<Finding> => {
  const [row] = await sql<Record<string, number>>(`
    select (select count(*)::int from payments where status = 'completed') as payments,
      (select count(*)::int from wallet_transactions where kind = 'commission') as commissions,
      (select count(*)::int from refunds) as refunds,
      (select count(*)::int from wallet_transactions where kind = 'clawback') as clawbacks`)
  return {
    guarantee: 'every stored payment has one commission, and every refund one clawback',
    holds: row?.payments === row?.commissions && row?.refunds === row?.clawbacks,
    seen: JSON.stringify(row),
  }
}
