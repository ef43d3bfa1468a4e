import { setTimeout as wait } from 'node:timers/promises'

import { createLocalReq } from 'payload'

import { inTransaction } from '../ledger/inTransaction.ts'
import { orderConfirmed } from '../messaging/templates/orderConfirmed.ts'
import { queueNotifications } from '../outbox/queueNotifications.ts'
import { freePort } from '../server/postgres/freePort.ts'
import { spawnSimulator } from '../server/spawnSimulator.ts'
import { type SpawnedWorker, spawnWorker } from '../server/spawnWorker.ts'
import { type BuiltProduct, startBuiltProduct } from '../testing/startBuiltProduct.ts'
import { receivedTwice } from './receivedTwice.ts'
import type { Finding, Proof } from './types.ts'

const LEASE_SECONDS = 2
const PER_ROUND = 30
const NAMES = ['worker-a', 'worker-b'] as const

/** A worker is stopped in the middle of sending, past its lease, and then goes on. */
export const zombies: Proof = {
  name: 'zombies',
  claim: 'a worker that slept past its lease completes no row that another one owns',
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
    await watchChanges(product)
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
      for (let round = 0; round < rounds; round += 1) await oneRound(product, workers, round)
      say(`${rounds} stops past a lease of ${LEASE_SECONDS} s`)
      return [
        ...(await whoCompleted(product, rounds)),
        ...(await receivedTwice(simulator.url, product, ['zombie'])),
      ]
    } finally {
      for (const { process: worker } of workers) worker.kill('SIGCONT')
      await Promise.all(workers.map((worker) => worker.stop()))
      await product.stop()
      await simulator.stop()
    }
  },
}

/** Every change of a state, with the worker that made it: a connection says whose it is. */
const watchChanges = ({ query }: BuiltProduct) =>
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

const oneRound = async (product: BuiltProduct, workers: SpawnedWorker[], round: number) => {
  const req = await createLocalReq({}, product.payload)
  const notices = Array.from({ length: PER_ROUND }, (_, index) => ({
    key: `zombie:${round}:${index}`,
    template: orderConfirmed,
    data: orderConfirmed.sample,
    to: { email: `m${index}@round${round}.test` },
  }))
  await inTransaction(req, () => queueNotifications(req, notices, new Date()))
  const index = round % workers.length
  const victim = workers[index]?.process
  await until(
    product,
    `status = 'sending' and exists (select 1 from changes c
    where c.id = notifications.id and c.worker = '${NAMES[index] ?? ''}')`,
    1,
  )
  victim?.kill('SIGSTOP')
  await wait(LEASE_SECONDS * 1_000 + 500)
  victim?.kill('SIGCONT')
  await until(product, `status in ('pending', 'sending', 'unknown')`, 0)
}

/** Waits until at least one row is so, or none is. */
const until = async ({ query }: BuiltProduct, condition: string, least: 0 | 1) => {
  const giveUp = Date.now() + 60_000
  while (Date.now() < giveUp) {
    const [row] = await query<{ count: number }>(
      `select count(*)::int from notifications where template = 'order-confirmed' and ${condition}`,
    )
    if (least === 0 ? row?.count === 0 : (row?.count ?? 0) >= least) return
    await wait(20)
  }
  throw new Error(`It never came to be that ${condition}.`)
}

const whoCompleted = async ({ query }: BuiltProduct, rounds: number): Promise<Finding[]> => {
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
      guarantee: 'leases ended under a stopped worker, and others took over',
      holds: (row?.lost ?? 0) >= rounds,
      seen: `${row?.lost} leases lost in ${rounds} rounds`,
    },
    {
      guarantee: 'no row was completed by another worker than its last owner',
      holds: row?.foreign === 0 && row.completed > 0,
      seen: `${row?.completed} completions, ${row?.foreign} by another`,
    },
    { guarantee: 'nothing is left over', holds: row?.open === 0, seen: `${row?.open} open` },
  ]
}
