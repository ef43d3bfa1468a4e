import { randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

import { createLocalReq } from 'payload'

import { inTransaction } from '../../src/database/inTransaction.ts'
import { sendgrid } from '../../src/messaging/channels/sendgrid.ts'
import { renderMessage } from '../../src/messaging/renderMessage.ts'
import { orderConfirmed } from '../../src/messaging/templates/orderConfirmed.ts'
import { queueNotifications } from '../../src/messaging/outbox/queueNotifications.ts'
import { measureInTurn, type Figure, median, measureRate } from './measure.ts'
import { WIDTH, type World } from './world.ts'

const CONTEXT = {
  brand: 'Tributary',
  locale: 'en',
  timeZone: 'Asia/Kolkata',
  link: (path: string) => `https://bench.test${path}`,
}

const queue = async ({ product }: World, count: number, label: string) => {
  const notices = Array.from({ length: count }, (_, index) => ({
    key: `${label}:${index}`,
    template: orderConfirmed,
    data: orderConfirmed.sample,
    to: { email: `m${index}@bench.test` },
  }))
  const req = await createLocalReq({}, product.payload)
  await inTransaction(req, () => queueNotifications(req, notices, new Date()))
}

const untilSent = async ({ product }: World, label: string, every = 50) => {
  for (;;) {
    const [row] = await product.query<{ open: number }>(
      `select count(*)::int as open from notifications where dedupe_key like $1 and status <> 'sent'`,
      [`${label}:%`],
    )
    if (row?.open === 0) return
    await wait(every)
  }
}

/** Messages per second, from the first row written to the last message sent. */
const sentPerSecond = async (world: World): Promise<number> => {
  const count = countOf(world)
  const label = randomUUID()
  const started = performance.now()
  await queue(world, count, label)
  await untilSent(world, label)
  return Math.round(count / ((performance.now() - started) / 1000))
}

const countOf = ({ isQuick }: World): number => (isQuick ? 500 : 3_000)

/** The throughput of the outbox alone. Raw: the same inserts and updates in `pg`, row by row. */
export const messagesToInbox = async (world: World): Promise<Figure> => {
  const { ours, raw } = await measureInTurn(
    () => sentPerSecond(world),
    () => rawQueue(world),
  )
  return {
    name: 'messages to a provider that costs no time, one worker (raw: rows written and claimed one by one)',
    unit: 'messages/s',
    ours,
    raw,
    goal: '≥ 1,000/s',
    isMet: ours >= 1_000,
  }
}

/** A plain queue in a table: rows are written, claimed and closed one by one, in eight lanes. */
const rawQueue = async (world: World): Promise<number> => {
  await world.product.query(
    'create table if not exists raw_queue (id bigserial primary key, body jsonb, status text)',
  )
  const body = JSON.stringify(orderConfirmed.sample)
  return measureRate(countOf(world), WIDTH, async (_index, lane) => {
    const client = world.clients[lane]
    await client?.query(`insert into raw_queue (body, status) values ($1, 'pending')`, [body])
    await client?.query(`update raw_queue set status = 'sending' where id = (select id from raw_queue
      where status = 'pending' order by id limit 1 for update skip locked)`)
    await client?.query(`update raw_queue set status = 'sent' where id = (select id from raw_queue
      where status = 'sending' order by id limit 1 for update skip locked)`)
  })
}

/** Mails over HTTP to the simulator on the same machine. Raw: the vendor's client alone. */
export const messagesToProvider = async (world: World, simulatorUrl: string): Promise<Figure> => {
  const { name: template, sample: data } = orderConfirmed
  const content = renderMessage({ template, data, context: CONTEXT, kind: 'email' })
  const mail = { ...content, kind: 'email' as const, template }
  const channel = sendgrid({
    apiKey: 'SG.bench',
    baseUrl: `${simulatorUrl}/sendgrid`,
    from: { email: 'rewards@bench.test', name: 'Bench' },
  })
  const { signal } = new AbortController()
  setMaxListeners(0, signal)
  const { ours, raw } = await measureInTurn(
    () => sentPerSecond(world),
    () =>
      measureRate(countOf(world), 100, (index) =>
        channel.send({ ...mail, id: randomUUID(), to: `m${index}@raw.test` }, { signal }),
      ),
  )
  return {
    name: 'mails to the simulated SendGrid, one worker (raw: the vendor’s client alone)',
    unit: 'messages/s',
    ours,
    raw,
    goal: '≥ 60 % of raw',
    isMet: ours >= raw * 0.6,
  }
}

/** The time from the row to the end of its first attempt, while the worker is idle. */
export const wakeUp = async (world: World): Promise<Figure> => {
  const taken: number[] = []
  for (let turn = 0; turn < 20; turn += 1) {
    const label = randomUUID()
    await queue(world, 1, label)
    await untilSent(world, label, 5)
    const [row] = await world.product.query<{ ms: number }>(
      `select extract(epoch from (attempts -> 0 ->> 'at')::timestamptz - created_at)::float8 * 1000 as ms
       from notifications where dedupe_key like $1`,
      [`${label}:%`],
    )
    taken.push(row?.ms ?? Infinity)
  }
  const ours = Math.round(median(taken))
  return {
    name: 'from the row to its attempt’s end, idle worker',
    unit: 'ms',
    ours,
    raw: null,
    goal: '≤ 100 ms',
    isMet: ours <= 100,
  }
}
