import { randomBytes, randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

import { Client } from 'pg'

import { migrations } from '../../../src/database/migrations/index.ts'
import { migrate } from '../../../src/database/migrate.ts'
import { orderConfirmed } from '../../../src/messaging/templates/orderConfirmed.ts'
import { ensureDatabase } from '../../../src/server/postgres/ensureDatabase.ts'
import { freePort } from '../../../src/server/postgres/freePort.ts'
import { startPostgres, stopPostgres } from '../../../src/server/postgres/startPostgres.ts'
import { spawnSimulator } from '../../../src/server/processes/spawnSimulator.ts'
import { spawnWeb, type SpawnedWeb } from '../../../src/server/processes/spawnWeb.ts'
import { spawnWorker } from '../../../src/server/processes/spawnWorker.ts'
import { startDatabaseProxy } from '../../support/databaseProxy.ts'
import { checkDuplicates } from '../checkDuplicates.ts'
import type { Finding, ProofContext } from '../types.ts'
import { askRest } from './ask.ts'
import { insertSenders, type Senders } from './insertSenders.ts'

const DATABASE = 'stopped'
const WORKERS = 2
const LANES = 4
/** Payments that are answered with success between two stops. */
const PER_ROUND = 12
/** Mails that are queued before each stop, so that workers are sending when it comes. */
const MAILS = 100

/**
 * Stops PostgreSQL (`immediate`, as a crash) again and again under payments, with workers that send
 * their messages, and starts it anew on the same data.
 */
export const stoppedServer = async ({ say }: ProofContext, stops: number): Promise<Finding[]> => {
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'tributary-stopped-'))
  const server = {
    dataDir: path.join(dir, 'data'),
    password: randomBytes(16).toString('hex'),
    isDurable: true, // else a commit is acknowledged before it is in the log
  }
  const start = async () => (await startPostgres(server)).url(DATABASE)
  await ensureDatabase((await startPostgres(server)).url('postgres'), DATABASE)
  const databaseUrl = await start()
  await migrate({ databaseUrl, migrations })
  const proxy = await startDatabaseProxy({ databaseUrl })
  const simulator = await spawnSimulator()
  const env = settingsFor(proxy.url, simulator.url)
  const senders = await insertSenders(databaseUrl, env.PAYLOAD_SECRET)
  const web = spawnWeb(await freePort(), env, ['--without-admin'])
  const workers = await Promise.all(
    Array.from({ length: WORKERS }, async () => spawnWorker(await freePort(), env)),
  )
  const processes = [web, ...workers]
  try {
    await Promise.all(processes.map((one) => one.untilReady()))
    const load = startLoad(web, senders)
    const backAfter: number[] = []
    let url = databaseUrl
    for (let stop = 0; stop < stops; stop += 1) {
      await queueMails(url, stop)
      await load.untilMore(PER_ROUND)
      await stopPostgres(server)
      url = await start()
      proxy.retarget(url)
      const started = Date.now()
      await load.untilMore(1)
      backAfter.push(Date.now() - started)
    }
    const { acknowledged, answers } = await load.end()
    say(`${stops} stops; ${acknowledged.length} payments were acknowledged`)
    const client = new Client({ connectionString: url })
    await client.connect()
    const query = async <Row>(text: string, values: unknown[] = []) =>
      (await client.query(text, values)).rows as Row[]
    await untilAllSent(query)
    const findings = [
      await checkPayments(query, acknowledged),
      {
        guarantee: 'no valid key was refused, and no answer was 500',
        holds: [...answers.keys()].every((text) => !/^(401|403|500)/.test(text)),
        seen: [...answers].map(([text, count]) => `${count} × ${text}`).join(', '),
      },
      {
        guarantee: 'no process ended',
        holds: processes.every(
          ({ process: { exitCode, signalCode } }) => exitCode === null && signalCode === null,
        ),
        seen: `${processes.length} processes, ${stops} stops; writes were back after ${Math.max(...backAfter)} ms at most`,
      },
      ...(await checkDuplicates(simulator.url, { query }, ['commission-earned', 'mail'])),
    ]
    await client.end()
    return findings
  } finally {
    await Promise.all(processes.map((one) => one.stop()))
    await simulator.stop()
    await proxy.stop()
    await stopPostgres(server)
    await fs.rm(dir, { recursive: true, force: true })
  }
}

type Query = <Row>(text: string, values?: unknown[]) => Promise<Row[]>

const settingsFor = (databaseUrl: string, simulatorUrl: string) => ({
  DATABASE_URL: databaseUrl,
  PAYLOAD_SECRET: randomBytes(32).toString('hex'),
  RATE_LIMITS: 'off',
  LOG_LEVEL: 'silent',
  SENDGRID_API_KEY: 'SG.proof',
  FROM_EMAIL: 'rewards@proof.test',
  SENDGRID_BASE_URL: `${simulatorUrl}/sendgrid`,
  OUTBOX_LEASE_SECONDS: '30', // longer than PostgreSQL takes to start on a busy machine
  OUTBOX_UNKNOWN_SECONDS: '3',
  OUTBOX_RETRY_SECONDS: '1',
})

/** Sends payments in a few lanes, half of them with a key, which is repeated until it is answered. */
const startLoad = (web: SpawnedWeb, { authorization, buyer }: Senders) => {
  const state = { isOver: false }
  const acknowledged: { reference: string; isKeyed: boolean }[] = []
  const answers = new Map<string, number>()
  const ask = async (reference: string, headers: Record<string, string>) => {
    const body = {
      reference,
      user: buyer,
      amountMinor: 10_000,
      currency: 'INR',
      status: 'completed',
    }
    const request = { method: 'POST', path: '/api/payments?depth=0', authorization, headers, body }
    const answer = await askRest(web.baseUrl, request)
    answers.set(answer.text, (answers.get(answer.text) ?? 0) + 1)
    if (answer.isAgain) await wait(100)
    return answer
  }
  const lane = async (isKeyed: boolean) => {
    while (!state.isOver) {
      const reference = randomUUID()
      const headers: Record<string, string> = isKeyed ? { 'Idempotency-Key': randomUUID() } : {}
      let answer = await ask(reference, headers)
      while (isKeyed && answer.isAgain) answer = await ask(reference, headers)
      if (answer.isYes) acknowledged.push({ reference, isKeyed })
    }
  }
  const lanes = Promise.all(Array.from({ length: LANES }, (_, index) => lane(index % 2 === 0)))
  return {
    /** Waits until so many more are answered with success. */
    untilMore: async (count: number) => {
      const goal = acknowledged.length + count
      const giveUp = Date.now() + 120_000
      while (acknowledged.length < goal) {
        if (Date.now() > giveUp) throw new Error('No payment was accepted for two minutes.')
        await wait(10)
      }
    },
    end: async () => {
      state.isOver = true
      await lanes
      return { acknowledged, answers }
    },
  }
}

/** Queues mails by SQL: this process does not run the product. */
const queueMails = async (databaseUrl: string, round: number): Promise<void> => {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(
    `insert into notifications (id, dedupe_key, lane, status, channel, template, category, locale,
       "to", data, attempt_count, next_attempt_at, created_at, updated_at)
     select time_ordered_uuid(), $1 || n, 'bulk', 'pending', 'email', $2, $3, 'en',
       'm' || n || '@proof.test', $4, 0, now(), now(), now()
     from generate_series(1, $5::int) n`,
    [
      `mail:${round}:`,
      orderConfirmed.name,
      orderConfirmed.category,
      JSON.stringify(orderConfirmed.sample),
      MAILS,
    ],
  )
  await client.query('notify outbox')
  await client.end()
}

const untilAllSent = async (query: Query): Promise<void> => {
  const giveUp = Date.now() + 180_000
  for (;;) {
    const rows = await query(
      `select 1 from notifications where status in ('pending', 'sending', 'unknown') limit 1`,
    )
    if (rows.length === 0) return
    if (Date.now() > giveUp) throw new Error('Messages were still open after three minutes.')
    await wait(200)
  }
}

const checkPayments = async (
  query: Query,
  acknowledged: { reference: string }[],
): Promise<Finding> => {
  const [row] = await query<Record<'lost' | 'payments' | 'commissions' | 'messages', number>>(
    `select (select count(*)::int from unnest($1::text[]) r
        where not exists (select 1 from payments p where p.reference = r)) as lost,
      (select count(*)::int from payments) as payments,
      (select count(*)::int from wallet_transactions where kind = 'commission') as commissions,
      (select count(*)::int from notifications where dedupe_key like 'commission-earned:%'
        and status = 'sent') as messages`,
    [acknowledged.map(({ reference }) => reference)],
  )
  return {
    guarantee: 'nothing acknowledged is lost, and each payment pays and notifies once',
    holds: row?.lost === 0 && row.payments === row.commissions && row.commissions === row.messages,
    seen: `${acknowledged.length} acknowledged; ${JSON.stringify(row)}`,
  }
}
