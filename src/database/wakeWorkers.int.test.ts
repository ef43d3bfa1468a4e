import { once } from 'node:events'

import { createLocalReq } from 'payload'
import { Client } from 'pg'

import { type Product, startProduct } from '../../test/support/startProduct.ts'
import { orderConfirmed } from '../messaging/templates/orderConfirmed.ts'
import { queueNotifications } from '../messaging/outbox/queueNotifications.ts'
import { dbIn } from './dbIn.ts'
import { inTransaction } from './inTransaction.ts'
import { readDb } from './readDb.ts'
import { wakeWorkers } from './wakeWorkers.ts'

let product: Product
let listener: Client
let heard: string[]
beforeAll(async () => {
  product = await startProduct()
  listener = new Client({ connectionString: product.databaseUrl })
  await listener.connect()
  for (const name of ['outbox', 'marker']) await listener.query(`listen ${name}`)
  listener.on('notification', ({ channel }) => heard.push(channel))
})
beforeEach(() => {
  heard = []
})
afterAll(async () => {
  await listener.end()
  await product.close()
})

/** A notification that is sent later than all others of this process. */
const untilMarker = async () => {
  const marker = once(listener, 'notification')
  wakeWorkers(await readDb(product), 'marker')
  await marker
  while (!heard.includes('marker')) await once(listener, 'notification')
}
const notice = (key: string) => ({
  key,
  template: orderConfirmed,
  data: orderConfirmed.sample,
  to: { email: 'somebody@example.test' },
})
/** NOTIFY locks the object 0 of the class pg_database until its transaction has ended. */
const countServerLocks = async () =>
  (
    await product.sql(`select 1 from pg_locks
      where locktype = 'object' and classid = 'pg_database'::regclass and objid = 0`)
  ).length

describe('a message that is queued in a transaction', () => {
  it('wakes the workers after the commit and not before, and takes no lock of the server', async () => {
    const req = await createLocalReq({}, product.payload)
    const isHeard = once(listener, 'notification')
    await inTransaction(req, async () => {
      await queueNotifications(req, [notice('wake:1')], new Date())
      await (await dbIn(req)).execute('select 1')
      expect(heard).toEqual([])
      expect(await countServerLocks()).toBe(0)
    })
    await isHeard
    expect(heard).toEqual(['outbox'])
  })

  it('wakes nobody when the transaction is rolled back', async () => {
    const req = await createLocalReq({}, product.payload)
    const failed = inTransaction(req, async () => {
      await queueNotifications(req, [notice('wake:2')], new Date())
      throw new Error('rolled back')
    })
    await expect(failed).rejects.toThrow('rolled back')
    await untilMarker()
    expect(heard).toEqual(['marker'])
  })
})

it('no function of the database notifies, since its transaction would hold the lock', async () => {
  const found = await product.sql(`select proname from pg_proc
    where pronamespace = 'public'::regnamespace and prosrc ~* '(pg_notify|\\mnotify\\M)'`)
  expect(found).toEqual([])
})

it('many at once are sent as a few notifications', async () => {
  const db = await readDb(product)
  for (let n = 0; n < 500; n += 1) wakeWorkers(db, 'outbox')
  await untilMarker()
  expect(heard.filter((name) => name === 'outbox').length).toBeLessThanOrEqual(3)
})

it('after its connection is lost a notification is sent by a new one', async () => {
  await untilMarker()
  await product.sql(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query like '%pg_notify(channel%' and pid <> pg_backend_pid()`)
  heard = []
  const isHeard = once(listener, 'notification')
  wakeWorkers(await readDb(product), 'outbox')
  await isHeard
  expect(heard).toEqual(['outbox'])
})
