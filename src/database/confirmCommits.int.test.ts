import { randomUUID } from 'node:crypto'

import {
  type DatabaseProxy,
  type Fate,
  startDatabaseProxy,
} from '../../test/support/databaseProxy.ts'
import { createMachine, createReferral, readBalance } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
let proxy: DatabaseProxy
/** The fate of the next commit. */
let next: Fate = 'pass'
let machine: string
let payer: string
let referrer: string
beforeAll(async () => {
  product = await startProduct({
    connectBy: async (databaseUrl) => {
      const decide = () => {
        const fate = next
        next = 'pass'
        return fate
      }
      proxy = await startDatabaseProxy({ databaseUrl, decide })
      return proxy.url
    },
  })
  machine = await createMachine(product.payload, ['payments:write'])
  const referral = await createReferral(product.payload)
  payer = referral.buyer.id
  referrer = referral.affiliate.id
  // Runs at the end of COMMIT, which the beginning of a payment's reference then decides.
  await product.sql(`
    create function decide_commit() returns trigger language plpgsql as $$
    begin
      if new.reference like 'refuse-%' then
        raise exception 'canceling statement due to lock timeout' using errcode = '55P03';
      elsif new.reference like 'cut-%' then
        perform pg_terminate_backend(pg_backend_pid());
        perform pg_sleep(10);
      end if;
      return null;
    end $$`)
  await product.sql(`create constraint trigger decide_commit after insert on payments
    deferrable initially deferred for each row execute function decide_commit()`)
})
afterAll(async () => {
  await product.close()
  await proxy.stop()
})

const pay = (reference: string, headers: Record<string, string> = {}) =>
  product.rest<{ errors?: { code: string }[]; doc?: { id: string } }>('POST', '/api/payments', {
    authorization: machine,
    headers,
    body: { reference, user: payer, amountMinor: 10_000, currency: 'INR', status: 'completed' },
  })
const payByGraphql = (reference: string) =>
  product.graphql(
    `mutation { createPayment(data: { reference: "${reference}", user: "${payer}",
      amountMinor: 10000, currency: "INR", status: completed }) { id } }`,
    machine,
  )
const isStored = async (reference: string): Promise<boolean> =>
  (await product.sql(`select 1 from payments where reference = '${reference}'`)).length === 1
const keyed = () => ({ 'Idempotency-Key': randomUUID() })

describe('a payment', () => {
  it('is answered 201 once its COMMIT has succeeded', async () => {
    const reference = `ok-${randomUUID()}`
    const before = await readBalance(product.payload, referrer)
    expect((await pay(reference)).status).toBe(201)
    expect(await isStored(reference)).toBe(true)
    expect(await readBalance(product.payload, referrer)).toBeGreaterThan(before)
  })

  it.each([
    ['without a key', () => ({})],
    ['with a key', keyed],
  ])('%s is answered 503 when PostgreSQL refuses its COMMIT, and moves nothing', async (_, key) => {
    const before = await readBalance(product.payload, referrer)
    const reference = `refuse-${randomUUID()}`
    expect(await pay(reference, key())).toMatchObject({
      status: 503,
      body: { errors: [{ code: 'request.try-again' }] },
    })
    expect(await isStored(reference)).toBe(false)
    expect(await readBalance(product.payload, referrer)).toBe(before)
  })

  it.each([
    ['without a key', () => ({})],
    ['with a key', keyed],
  ])('%s is answered as unknown when the connection is lost during COMMIT', async (_, key) => {
    const reference = `cut-${randomUUID()}`
    expect(await pay(reference, key())).toMatchObject({
      status: 503,
      body: { errors: [{ code: 'request.outcome-unknown' }] },
    })
    expect(await isStored(reference)).toBe(false)
  })

  it.each([
    ['before', 'cut-before', false],
    ['after', 'cut-after', true],
  ])(
    'is answered as unknown when the line is lost %s PostgreSQL gets the COMMIT; a repeat with its key pays once',
    async (_, fate, isThere) => {
      const [reference, key] = [`line-${randomUUID()}`, keyed()]
      const before = await readBalance(product.payload, referrer)
      next = fate
      expect(await pay(reference, key)).toMatchObject({
        status: 503,
        body: { errors: [{ code: 'request.outcome-unknown' }] },
      })
      expect(await isStored(reference)).toBe(isThere)
      const repeated = await pay(reference, key)
      expect(repeated.status).toBe(201)
      expect(repeated.headers.get('Idempotency-Replayed')).toBe(isThere ? 'true' : null)
      expect(await isStored(reference)).toBe(true)
      expect(await readBalance(product.payload, referrer)).toBe(before + 1_000)
    },
  )

  it('without a key is found by its reference when the line is lost after the COMMIT', async () => {
    const reference = `line-${randomUUID()}`
    next = 'cut-after'
    expect((await pay(reference)).status).toBe(503)
    expect((await pay(reference)).body.errors).toMatchObject([{ code: 'request.not-unique' }])
  })

  it('over GraphQL is answered by an error when its COMMIT fails', async () => {
    const [refused, cut] = [`refuse-${randomUUID()}`, `cut-${randomUUID()}`]
    const codeOf = async (reference: string) =>
      (await payByGraphql(reference)).body.errors?.[0]?.extensions?.code
    expect(await codeOf(refused)).toBe('request.try-again')
    expect(await codeOf(cut)).toBe('request.outcome-unknown')
  })

  it('after failed commits finds free connections in the pool', async () => {
    const sent = Array.from({ length: 20 }, (_, index) =>
      pay(`${index % 2 ? 'cut' : 'refuse'}-${randomUUID()}`),
    )
    expect(new Set((await Promise.all(sent)).map(({ status }) => status))).toEqual(new Set([503]))
    expect((await pay(`ok-${randomUUID()}`)).status).toBe(201)
  })
})

it('a transaction that two operations roll back at once returns its connection once', async () => {
  const { db } = product.payload
  const id = await db.beginTransaction()
  if (id === null) throw new Error('no transaction')
  await expect(
    Promise.all([db.rollbackTransaction(id), db.rollbackTransaction(id)]),
  ).resolves.toBeDefined()
})
