import { randomUUID } from 'node:crypto'

import { Client } from 'pg'

import { now } from '../../../platform/clock.ts'
import { readDb } from '../../../database/readDb.ts'
import {
  buildOrders,
  CASHBACK_MINOR,
  createNetworkWithOrders,
} from '../../../../test/support/networks/simulatedNetwork.ts'
import { daysAgo } from '../../../../test/support/instants.ts'
import { readBalance } from '../../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'
import { useSimulator } from '../../../../test/support/useSimulator.ts'
import { autoApprove } from '../autoApprove.ts'
import { loadNetwork } from '../networkStore.ts'
import { networksOptions } from './networksOptions.ts'
import { requestDueSyncs } from './requestDueSyncs.ts'
import { storePostback } from '../postbacks/storePostback.ts'
import { syncAll, syncNetwork, type SyncOptions } from './syncNetwork.ts'
import { createLocalReq } from 'payload'
import { inTransaction } from '../../../database/inTransaction.ts'
import { provideEnv } from '../../../config/env.ts'

let product: Product
const simulator = useSimulator()
beforeAll(async () => {
  provideEnv({ NETWORK_TIMEOUT_MS: '250' })
  product = await startProduct()
  networksOptions(product.payload).wiring = { backOff: () => Promise.resolve() }
})
afterAll(() => product.close())

const sync = async (name: string, over: Partial<SyncOptions> = {}) =>
  syncNetwork({
    payload: product.payload,
    network: await loadNetwork(await readDb(product), name),
    signal: new AbortController().signal,
    ...over,
  })
const createNetwork = (adapter: string, over: { count?: number; status?: string } = {}) =>
  createNetworkWithOrders(product, { adapter, simulator, ...over })
type Run = Record<string, string | null>
const lastRun = async (network: string) =>
  (
    await product.sql<Run>(
      `select * from sync_runs where network_id = '${network}' order by id desc limit 1`,
    )
  )[0]
const rowOf = async (network: string) =>
  (await product.sql<Run>(`select * from networks where id = '${network}'`))[0]

it('a run counts new, changed and unattributed transactions', async () => {
  const network = await createNetwork('vcommission', { status: 'pending' })
  await simulator.control('/orders', {
    orders: buildOrders('vcommission', {
      clickId: 'unknownclick',
      count: 3,
      status: 'pending',
    }).slice(2),
  })
  expect(await sync(network.name)).toEqual({ status: 'completed' })
  expect(await lastRun(network.id)).toMatchObject({
    rows: '3',
    created: '3',
    changed: '3',
    unattributed: '1',
  })
  await simulator.control('/orders', {
    orders: buildOrders('vcommission', { clickId: network.clickId, count: 1 }),
  })
  await sync(network.name)
  expect(await lastRun(network.id)).toMatchObject({ created: '0', changed: '1', unattributed: '0' })
})

it('one malformed row of 500 is quarantined, and the others are ingested', async () => {
  const network = await createNetwork('vcommission', { count: 500 })
  const bad = buildOrders('vcommission', { clickId: network.clickId, count: 500 })[7]
  for (const entry of bad?.timeline ?? []) Object.assign(entry, { currency: 'XXZ' })
  await simulator.control('/orders', { orders: [bad] })
  expect(await sync(network.name)).toEqual({ status: 'completed' })
  expect(await lastRun(network.id)).toMatchObject({ created: '499', quarantined: '1' })
  expect(await readBalance(product.payload, network.member)).toBe(499 * CASHBACK_MINOR)
})

it('an internal error fails the run, with a message without SQL and values, and the next run recovers', async () => {
  const network = await createNetwork('vcommission')
  await product.sql(`create function spoil() returns trigger language plpgsql as
    $$ begin raise exception 'spoilt by %', new.external_id; end $$;
    create trigger spoil before insert on network_transactions for each row execute function spoil()`)
  const end = await sync(network.name)
  await product.sql('drop trigger spoil on network_transactions')
  expect(end).toMatchObject({ status: 'failed', errorCode: 'sync.fault' })
  const run = await lastRun(network.id)
  expect(run).toMatchObject({ status: 'failed', error_code: 'sync.fault', pages: '0' })
  expect(run?.error).not.toMatch(/insert|select|spoilt|o1/i)
  expect(await rowOf(network.id)).toMatchObject({ last_success_at: null, last_problem: run?.error })
  expect(await sync(network.name)).toEqual({ status: 'completed' })
  expect(await readBalance(product.payload, network.member)).toBe(2 * CASHBACK_MINOR)
  expect(await rowOf(network.id)).toMatchObject({ last_problem: null })
})

it('a run fails with `network.unreadable-credentials` if the credentials cannot be decrypted', async () => {
  const network = await createNetwork('vcommission')
  await product.sql(
    `update networks set credentials = '{"encrypted": "v1.a.b.c"}' where id = '${network.id}'`,
  )
  expect(await sync(network.name)).toMatchObject({
    status: 'failed',
    errorCode: 'network.unreadable-credentials',
  })
  expect(await lastRun(network.id)).toMatchObject({
    status: 'failed',
    error_code: 'network.unreadable-credentials',
  })
})

it('the next run marks the run of a killed process as failed', async () => {
  const network = await createNetwork('vcommission')
  await product.sql(`insert into sync_runs (id, network_id, status, window_by, window_from, window_to,
    started_at, pages, rows, changed, quarantined)
    values (time_ordered_uuid(), '${network.id}', 'running', 'event', now(), now(), now(), 0, 0, 0, 0)`)
  const lost = await lastRun(network.id)
  await sync(network.name)
  const [closed] = await product.sql(
    `select status::text, error_code from sync_runs where id = '${lost?.id}'`,
  )
  expect(closed).toEqual({ status: 'failed', error_code: 'sync.worker-lost' })
})

it('networks that fail or hang do not stop the others, and their next run recovers', async () => {
  const [failing, hanging, fine] = [
    await createNetwork('cuelinks'),
    await createNetwork('vcommission'),
    await createNetwork('awin'),
  ]
  await simulator.control('/faults', { provider: 'cuelinks', fault: 'server-error' })
  await simulator.control('/faults', { provider: 'vcommission', fault: 'slow', seconds: 0.6 })
  const db = await readDb(product)
  const all = [failing, hanging, fine]
  const rows = await Promise.all(all.map(({ name }) => loadNetwork(db, name)))
  const { signal } = new AbortController()
  const { payload } = product
  const syncThem = () =>
    syncAll({ payload, rows, work: (row) => syncNetwork({ payload, network: row, signal }) })
  expect((await syncThem()).map(({ end }) => end)).toMatchObject([
    { status: 'failed', errorCode: 'network.unavailable' },
    { status: 'failed', errorCode: 'network.timeout' },
    { status: 'completed' },
  ])
  const balances = () => Promise.all(all.map(({ member }) => readBalance(payload, member)))
  expect(await balances()).toEqual([0, 0, 2 * CASHBACK_MINOR])
  await simulator.control('/faults', undefined, 'DELETE')
  await syncThem()
  expect(await balances()).toEqual([1, 1, 1].map(() => 2 * CASHBACK_MINOR))
})

it('a chosen window moves no watermark, so that the days before it are still read', async () => {
  const network = await createNetwork('admitad')
  await sync(network.name)
  const before = await rowOf(network.id)
  await product.sql(`update networks set event_watermark = now() - interval '30 days',
    last_success_at = null where id = '${network.id}'`)
  const chosenWindow = { from: new Date(daysAgo(2)), to: now() }
  expect(await sync(network.name, { chosenWindow })).toEqual({ status: 'completed' })
  const after = await rowOf(network.id)
  expect(Date.parse(after?.event_watermark ?? '')).toBeLessThan(Date.parse(daysAgo(29)))
  expect(after).toMatchObject({ last_success_at: null, last_run_at: before?.last_run_at })
})

it('a read fails if its window of changes fails, although its window of transactions completed', async () => {
  const network = await createNetwork('admitad')
  await sync(network.name)
  await product.sql(`update networks set last_success_at = null where id = '${network.id}'`)
  // The token is stored. The first request lists transactions, and the second one changes.
  await simulator.control('/faults', { provider: 'admitad', fault: 'unauthorized', after: 1 })
  expect(await sync(network.name)).toMatchObject({ status: 'failed' })
  const runs = await product.sql(`select status::text, window_by from sync_runs
    where network_id = '${network.id}' order by id desc limit 2`)
  expect(runs).toEqual([
    { status: 'failed', window_by: 'change' },
    { status: 'completed', window_by: 'event' },
  ])
  expect(await rowOf(network.id)).toMatchObject({ last_success_at: null })
})

it('a run stops, and the process continues, when the connection with its lock is lost', async () => {
  const network = await createNetwork('vcommission')
  await simulator.control('/faults', { provider: 'vcommission', fault: 'slow', seconds: 0.2 })
  const running = sync(network.name)
  const killer = new Client({ connectionString: product.databaseUrl })
  await killer.connect()
  for (let killed = 0; killed === 0;) {
    const { rowCount } = await killer.query(`select pg_terminate_backend(pid) from pg_locks
      where locktype = 'advisory' and granted and (classid::bigint << 32) | objid::bigint
        = hashtextextended('sync:${network.id}', 0)`)
    killed = rowCount ?? 0
  }
  await killer.end()
  expect(await running).toEqual({ status: 'stopped' })
})

describe('a network', () => {
  const due = async () => {
    await product.sql(`update networks set is_on = false`)
    const network = await createNetwork('vcommission')
    const requestAfter = async (hours: number) => {
      await product.sql(`delete from sync_requests`)
      return requestDueSyncs(await readDb(product), new Date(Date.now() + hours * 3_600_000))
    }
    return { network, requestAfter }
  }

  it('is due if it was never read, or if its last run was `syncEveryHours` ago', async () => {
    const { network, requestAfter } = await due()
    expect(await requestAfter(0)).toBe(1)
    await sync(network.name)
    expect(await requestAfter(23.9)).toBe(0)
    expect(await requestAfter(24.1)).toBe(1)
    await product.sql(`update networks set sync_every_hours = 2 where id = '${network.id}'`)
    expect(await requestAfter(2.1)).toBe(1)
  })

  it('is due an hour after a failed run, but after refused credentials only once it is edited', async () => {
    const { network, requestAfter } = await due()
    await simulator.control('/faults', { provider: 'vcommission', fault: 'server-error' })
    await sync(network.name)
    expect(await requestAfter(0.9)).toBe(0)
    expect(await requestAfter(1.1)).toBe(1)
    await simulator.control('/faults', undefined, 'DELETE')
    await simulator.control('/faults', { provider: 'vcommission', fault: 'unauthorized' })
    await sync(network.name)
    expect(await requestAfter(1_000)).toBe(0)
    const { credentials } = { credentials: { VCOMMISSION_API_KEY: 'corrected' } }
    await product.payload.update({
      collection: 'networks',
      id: network.id,
      data: { credentials },
    })
    expect(await requestAfter(0)).toBe(1)
  })

  it('is due if a postback was processed since its last run, whatever its result', async () => {
    const { network, requestAfter } = await due()
    await sync(network.name)
    const db = await readDb(product)
    const postback = async (id: string, status: string) => {
      const event = { network: id, fields: {}, eventId: status, receivedAt: now() }
      await storePostback(db, event)
      await product.sql(
        `update inbound_events set status = '${status}' where event_id = '${status}'`,
      )
    }
    await postback(randomUUID(), 'applied')
    await postback(network.id, 'pending')
    expect(await requestAfter(0.2)).toBe(0)
    await postback(network.id, 'ignored')
    expect(await requestAfter(0.2)).toBe(1)
    await product.sql(`update sync_runs set started_at = now() + interval '16 minutes'
      where network_id = '${network.id}'`)
    expect(await requestAfter(0.6)).toBe(0)
  })

  it('is not due while it has a request or is being read, nor if it is off or read from files', async () => {
    const { network, requestAfter } = await due()
    const db = await readDb(product)
    expect(await requestDueSyncs(db, now())).toBe(1)
    expect(await requestDueSyncs(db, now())).toBe(0)
    await product.sql(`update networks set adapter = 'csv' where id = '${network.id}'`)
    expect(await requestAfter(0)).toBe(0)
    await product.sql(`update networks set adapter = 'vcommission' where id = '${network.id}'`)
    await simulator.control('/faults', { provider: 'vcommission', fault: 'slow', seconds: 0.2 })
    const running = sync(network.name)
    for (let isRead = false; !isRead;) {
      isRead =
        (
          await product.sql(`select 1 from pg_locks where locktype = 'advisory' and granted
        and (classid::bigint << 32) | objid::bigint = hashtextextended('sync:${network.id}', 0)`)
        ).length > 0
    }
    const requested = await requestAfter(1_000)
    await running
    expect(requested).toBe(0)
  })
})

it('cashback of a stale network is not approved automatically', async () => {
  await product.sql(`update networks set is_on = false`)
  const network = await createNetwork('vcommission', { status: 'pending', count: 1 })
  await sync(network.name)
  await product.payload.updateGlobal({
    slug: 'cashback-config',
    data: { autoApprove: 'by-age-with-cap', ageCapMinor: 100_000, autoApproveDays: 5 } as never,
  })
  const granted = async () => {
    const req = await createLocalReq({}, product.payload)
    await inTransaction(req, () => autoApprove(req, { limit: 100, now: now() }))
    return product.sql(`select 1 from cashback_events where member_id = '${network.member}'
      and auto_approved_at is not null`)
  }
  for (const success of ['null', `now() - interval '73 hours'`]) {
    await product.sql(`update networks set last_success_at = ${success} where id = '${network.id}'`)
    expect(await granted()).toHaveLength(0)
  }
  await product.sql(`update networks set last_success_at = now() where id = '${network.id}'`)
  expect(await granted()).toHaveLength(1)
})
