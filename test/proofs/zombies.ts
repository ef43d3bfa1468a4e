import { setTimeout as wait } from 'node:timers/promises'

import { createLocalReq } from 'payload'

import { inTransaction } from '../../src/database/inTransaction.ts'
import { orderConfirmed } from '../../src/messaging/templates/orderConfirmed.ts'
import { queueNotifications } from '../../src/messaging/outbox/queueNotifications.ts'
import { freePort } from '../../src/server/postgres/freePort.ts'
import { spawnSimulator } from '../../src/server/processes/spawnSimulator.ts'
import { type SpawnedWorker, spawnWorker } from '../../src/server/processes/spawnWorker.ts'
import { type BuiltProduct, startBuiltProduct } from '../support/startBuiltProduct.ts'
import { checkDuplicates } from './checkDuplicates.ts'
import type { Finding, Proof } from './types.ts'

const LEASE_SECONDS = 2
const PER_ROUND = 30
const NAMES = ['worker-a', 'worker-b'] as const

/** Stops a worker while it sends (SIGSTOP), until its lease has expired, and lets it continue. */
export const zombies: Proof = {
  name: 'zombies',
  claim: 'a worker that resumes after its lease expired completes no row that another worker owns',
  isOnEmbeddedOnly: true,
  run: async ({ isQuick, postgres, say }) => {
    const rounds = isQuick ? 5 : 50
    const simulator = await spawnSimulator()
    const settings = {
      SENDGRID_API_KEY: 'SG.proof',
      FROM_EMAIL: 'rewards@proof.test',
      SENDGRID_BASE_URL: `${simulator.url}/sendgrid`,
      SENDGRID_PER_SECOND: '15',
      OUTBOX_LEASE_SECONDS: String(LEASE_SECONDS),
      OUTBOX_UNKNOWN_SECONDS: '0.5',
    }
    const product = await startBuiltProduct(postgres, settings)
    await recordChanges(product)
    const env = {
      ...settings,
      DATABASE_URL: product.web.databaseUrl,
      PAYLOAD_SECRET: product.web.secret,
    }
    const workers = await Promise.all(
      NAMES.map(async (name) => spawnWorker(await freePort(), { ...env, PGAPPNAME: name })),
    )
    try {
      await Promise.all(workers.map((worker) => worker.untilReady()))
      for (let round = 0; round < rounds; round += 1) await playRound(product, workers, round)
      say(`${rounds} stops longer than a lease of ${LEASE_SECONDS} s`)
      return [
        ...(await checkCompletions(product, rounds)),
        ...(await checkDuplicates(simulator.url, product, ['zombie'])),
      ]
    } finally {
      for (const { process: worker } of workers) worker.kill('SIGCONT')
      await Promise.all(workers.map((worker) => worker.stop()))
      await product.stop()
      await simulator.stop()
    }
  },
}

/** Records every change of a status with its worker: the application name of the connection. */
const recordChanges = ({ query }: BuiltProduct) =>
  query(`
    create table changes (n bigserial, id uuid, worker text, was text, becomes text);
    create function note_change() returns trigger language plpgsql as $$
      begin
        insert into changes (id, worker, was, becomes)
          values (new.id, current_setting('application_name'), old.status, new.status);
        return null;
      end $$;
    create trigger note_change after update on notifications for each row
      when (old.status is distinct from new.status) execute function note_change();`)

/** Stops the worker that is sending until the other one has taken over its rows. */
const playRound = async (product: BuiltProduct, workers: SpawnedWorker[], round: number) => {
  let isTakenOver = false
  for (let batch = 0; !isTakenOver; batch += 1) {
    await queueBatch(product, `${round}.${batch}`)
    await until(product, `${SENDER} is not null or ${NONE_OPEN}`)
    const [at] = await product.query<{ sender: string | null; change: string }>(
      `select ${SENDER} as sender, (select max(n) from changes) as change`,
    )
    // Everything was sent before the worker could be stopped: another batch is needed.
    if (!at?.sender) continue
    const victim = workers[NAMES.findIndex((name) => name === at.sender)]?.process
    victim?.kill('SIGSTOP')
    await until(product, `${LOST} or not ${HOLDS}`, [at.sender, at.change])
    isTakenOver = await isTrue(product, LOST, [at.sender, at.change])
    victim?.kill('SIGCONT')
  }
  await until(product, NONE_OPEN)
}

const queueBatch = async ({ payload }: BuiltProduct, label: string) => {
  const req = await createLocalReq({}, payload)
  const notices = Array.from({ length: PER_ROUND }, (_, index) => ({
    key: `zombie:${label}:${index}`,
    template: orderConfirmed,
    data: orderConfirmed.sample,
    to: { email: `m${index}@round${label}.test` },
  }))
  await inTransaction(req, () => queueNotifications(req, notices, new Date()))
}

const OURS = `template = 'order-confirmed'`
const NONE_OPEN = `not exists (select 1 from notifications
  where ${OURS} and status in ('pending', 'sending', 'unknown'))`

/** The worker that claimed a row with the status sending. Null if there is none. */
const SENDER = `(select c.worker from notifications m join changes c on c.id = m.id
  where m.status = 'sending' and c.becomes = 'sending' order by c.n desc limit 1)`

/** True if the worker $1 claimed a row that still has the status sending. */
const HOLDS = `exists (select 1 from notifications where status = 'sending' and $1 = (
  select worker from changes c where c.id = notifications.id and becomes = 'sending'
  order by n desc limit 1))`

/**
 * True if another worker took over a row of the worker $1 after the change $2: the lease had
 * expired.
 */
const LOST = `exists (select 1 from changes lost where n > $2::bigint and worker <> $1
  and was = 'sending' and becomes in ('pending', 'unknown') and $1 = (
    select worker from changes c where c.id = lost.id and becomes = 'sending' and c.n < lost.n
    order by n desc limit 1))`

const isTrue = async ({ query }: BuiltProduct, condition: string, values: unknown[]) =>
  (await query<{ isSo: boolean }>(`select ${condition} as "isSo"`, values))[0]?.isSo === true

const until = async (product: BuiltProduct, condition: string, values: unknown[] = []) => {
  const giveUp = Date.now() + 60_000
  while (Date.now() < giveUp) {
    if (await isTrue(product, condition, values)) return
    await wait(20)
  }
  throw new Error(`The condition was not met within 60 s: ${condition}`)
}

const checkCompletions = async ({ query }: BuiltProduct, rounds: number): Promise<Finding[]> => {
  const [row] = await query<Record<'completed' | 'foreign' | 'lost' | 'open', number>>(`
    with owned as (
      select *, (array_agg(worker) filter (where becomes = 'sending')
        over (partition by id order by n rows between unbounded preceding and 1 preceding))
        as claims
      from changes
    )
    select count(*) filter (where was = 'sending' and becomes = 'sent')::int as completed,
      count(*) filter (where was = 'sending' and becomes = 'sent'
        and claims[cardinality(claims)] <> worker)::int as foreign,
      count(*) filter (where was = 'sending' and becomes in ('pending', 'unknown'))::int as lost,
      (select count(*)::int from notifications where template = 'order-confirmed'
        and status not in ('sent', 'dead')) as open
    from owned`)
  return [
    {
      guarantee: 'the leases of stopped workers expired, and another worker took over',
      holds: (row?.lost ?? 0) >= rounds,
      seen: `${row?.lost} leases lost in ${rounds} rounds`,
    },
    {
      guarantee: 'every row was completed by the worker that claimed it last',
      holds: row?.foreign === 0 && row.completed > 0,
      seen: `${row?.completed} completions, ${row?.foreign} by another worker`,
    },
    { guarantee: 'no message is left open', holds: row?.open === 0, seen: `${row?.open} open` },
  ]
}
