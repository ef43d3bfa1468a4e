import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import express from 'express'
import { createLocalReq } from 'payload'
import { Client } from 'pg'
import { Registry } from 'prom-client'

import { applyInboundEvents } from '../../../jobs/messaging/applyInboundEvents.ts'
import { applyPostbacks } from '../../../jobs/cashback/applyPostbacks.ts'
import { approveByAge } from '../../../jobs/cashback/approveByAge.ts'
import { applyPostbacks as applyBatch } from '../../cashback/ingestion/postbacks/applyPostbacks.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { readDb } from '../../database/readDb.ts'
import { verifyWallets } from '../../ledger/verification/verifyWallets.ts'
import { loadNetwork } from '../../cashback/ingestion/networkStore.ts'
import { syncNetwork } from '../../cashback/ingestion/sync/syncNetwork.ts'
import { createMerchant, createNetwork } from '../../../test/support/cashbackFactories.ts'
import { createUser, readBalance, signIn } from '../../../test/support/factories.ts'
import { insertClick } from '../../../test/support/insertRows.ts'
import { CREDENTIALS } from '../../../test/support/networks/simulatedNetwork.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { useSimulator } from '../../../test/support/useSimulator.ts'
import { postbacks } from './postbacks.ts'
import { timeRequests } from './timeRequests.ts'

const simulator = useSimulator()
const registry = new Registry()
let product: Product
let server: Server
let url: string
let admin: string

beforeAll(async () => {
  product = await startProduct()
  admin = await signIn(product.payload, await createUser(product.payload, { role: 'admin' }))
  const app = express()
  app.use(timeRequests(registry))
  app.use(postbacks({ payload: product.payload }))
  server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
beforeEach(() => product.sql('delete from inbound_events'))
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await product.close()
})

type Over = { isTrusted?: boolean; trustedCapMinor?: number | null; currency?: string }

const createPostbackNetwork = async (over: Over = {}, adapter = 'admitad') => {
  const { id, name } = await createNetwork(product.payload, {
    adapter,
    ...(adapter === 'admitad' ? { credentials: CREDENTIALS.admitad } : {}),
    settings: { baseUrl: `${simulator.url()}/${adapter}` },
    ...over,
  })
  return { id, name }
}

const createMemberWithClick = async (network: string) => {
  const member = (await createUser(product.payload)).id
  const merchant = (await createMerchant(product.payload)).id
  // Before the orders of the fixture.
  const at = '2025-01-01T00:00:00Z'
  const { clickId } = await insertClick(product, { member, merchant, network, at })
  return { clickId, member }
}

const fetchAddress = (network: string, authorization?: string) =>
  product.rest<{ address: string }>('GET', `/api/networks/${network}/postback-address`, {
    authorization,
  })

/** The address as the admin reads it, on the server of this test. */
const addressOf = async (network: string) => {
  const { body } = await fetchAddress(network, admin)
  return url + new URL(body.address).pathname
}

const START = Date.now() - 86_400_000

/** Adds an order to the simulator: these states from yesterday on, one an hour. */
const reportOrder = (
  order: string,
  clickId: string | null,
  states: string[],
  adapter = 'admitad',
) =>
  simulator.control('/orders', {
    orders: [
      {
        order,
        network: adapter,
        clickId,
        timeline: states.map((status, index) => ({
          at: new Date(START + index * 3_600_000).toISOString(),
          status,
          saleMinor: 249_900,
          commissionMinor: 12_495,
          currency: 'INR',
        })),
      },
    ],
  })

const postBack = async (order: string, address: string, over: object = {}) => {
  const body = { network: 'admitad', order, url: address, ...over }
  const { postbacks: posted } = await simulator.control<{ postbacks: { status: number }[] }>(
    '/postback',
    body,
  )
  return posted.map(({ status }) => status)
}
const apply = () =>
  applyPostbacks.run({
    payload: product.payload,
    now: new Date(),
    data: null,
    signal: new AbortController().signal,
  })
const sync = async (name: string) =>
  syncNetwork({
    payload: product.payload,
    network: await loadNetwork(await readDb(product), name),
    signal: new AbortController().signal,
  })
const stored = () =>
  product.sql<{ status: string; detail: string | null; body: { fields: object } }>(
    'select status::text, detail, body from inbound_events order by received_at, id',
  )
const toTransactions = (network: string) =>
  product.sql<Record<string, unknown>>(`
    select s.status::text, s.is_provisional as "isProvisional", s.provisional_status::text as provisional, s.member_id as member,
      e.status::text as event, e.credited_minor::int as credited, e.postings::int
    from network_transactions s left join cashback_events e on e.transaction_id = s.id
    where s.network_id = '${network}' order by s.external_id`)

/** A network of its own with a click of a member, and an order id that is not used yet. */
const createNetworkWithClick = async (over: Over = {}) => {
  const network = await createPostbackNetwork(over)
  const { clickId, member } = await createMemberWithClick(network.id)
  const order = randomUUID()
  const balance = () => readBalance(product.payload, member)
  return { ...network, address: await addressOf(network.id), clickId, member, order, balance }
}

/** Fields as Admitad has them. */
const fieldsOf = (clickId: string, over: Record<string, string> = {}) => ({
  admitad_id: String(Math.trunc(Math.random() * 1e12)),
  order_id: 'o1',
  subid4: clickId,
  payment_status: 'approved',
  payment_sum: '124.95',
  order_sum: '2499.00',
  currency: 'INR',
  time: '1761300000',
  ...over,
})
const get = (address: string, fields: Record<string, string>) =>
  fetch(`${address}?${new URLSearchParams(fields).toString()}`)

describe('the address', () => {
  it('is shown to admins only', async () => {
    const { id } = await createPostbackNetwork()
    const { payload } = product
    for (const role of ['member', 'support', 'finance'] as const) {
      const person = await signIn(payload, await createUser(payload, { role }))
      expect((await fetchAddress(id, person)).status).toBe(403)
    }
    expect((await fetchAddress(id)).status).toBe(401)
    expect((await fetchAddress(randomUUID(), admin)).status).toBe(404)
    const { body, headers, status } = await fetchAddress(id, admin)
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(body.address).toMatch(new RegExp(`^http://.+/postbacks/${id}/[\\w-]{43}$`))
  })

  it('differs for each network and after each renewal', async () => {
    const [one, other] = [await createPostbackNetwork(), await createPostbackNetwork()]
    const before = await addressOf(one.id)
    const secret = (address: string) => address.split('/').at(-1)
    expect(secret(before)).not.toBe(secret(await addressOf(other.id)))
    const data = { postbackVersion: 2 } as never
    await product.payload.update({ collection: 'networks', id: one.id, data })
    const now = await addressOf(one.id)
    expect((await get(before, fieldsOf('x'))).status).toBe(404)
    expect((await get(now, fieldsOf('x'))).status).toBe(200)
    expect(await stored()).toHaveLength(1)
  })

  it('gives one answer to every wrong request and stores nothing', async () => {
    const [network, off] = [await createPostbackNetwork(), await createPostbackNetwork()]
    const [address, ofOff] = [await addressOf(network.id), await addressOf(off.id)]
    const data = { isOn: false } as never
    await product.payload.update({ collection: 'networks', id: off.id, data })
    const secret = address.split('/').at(-1) ?? ''
    const wrong = [
      `${url}/postbacks/${network.id}/${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`,
      `${url}/postbacks/${network.id}/${secret.slice(0, 10)}`,
      `${url}/postbacks/${network.id}/${'x'.repeat(3_000)}`,
      `${url}/postbacks/${randomUUID()}/${secret}`,
      `${url}/postbacks/${off.id}/${secret}`,
      ofOff,
      `${url}/postbacks/${encodeURIComponent("' or true --")}/${secret}`,
      `${url}/postbacks/${network.id}`,
      `${url}/postbacks`,
    ]
    for (const path of wrong) {
      for (const method of ['GET', 'POST']) {
        const answer = await fetch(`${path}?${new URLSearchParams(fieldsOf('x')).toString()}`, {
          method,
          ...(method === 'POST' ? { body: 'x'.repeat(100_000) } : {}),
        })
        expect([answer.status, await answer.json()]).toEqual([
          404,
          { errors: [{ code: 'request.not-found', message: 'Not found.' }] },
        ])
      }
    }
    expect((await fetch(address, { method: 'DELETE' })).status).toBe(404)
    expect((await fetch(address, { method: 'HEAD' })).status).toBe(404)
    expect(await stored()).toEqual([])
  })

  it('and its secret appear in no log, metric or row', async () => {
    const { address, clickId } = await createNetworkWithClick()
    const secret = address.split('/').at(-1) ?? ''
    const said: unknown[] = []
    const { logger } = product.payload
    const levels = ['debug', 'error', 'info', 'trace', 'warn'] as const
    const before = levels.map((level) => [level, logger[level]] as const)
    for (const level of levels) logger[level] = (...line: unknown[]) => void said.push(line)
    try {
      await get(address, { ...fieldsOf(clickId), token: 'hidden-word' })
      await fetch(address, { method: 'POST', body: '{', headers: JSON_TYPE })
      await get(`${address}x`, {})
      await product.sql('alter table inbound_events rename to elsewhere')
      expect((await get(address, fieldsOf(clickId))).status).toBe(500)
    } finally {
      await product.sql('alter table elsewhere rename to inbound_events')
      for (const [level, log] of before) logger[level] = log
    }
    const kept = JSON.stringify(await product.sql('select * from inbound_events'))
    const heard = JSON.stringify(said) + (await registry.metrics()) + kept
    expect(said).not.toEqual([])
    expect(heard).not.toContain(secret)
    expect(heard).not.toContain('hidden-word')
  })
})

const JSON_TYPE = { 'content-type': 'application/json' }
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' }

describe('a postback', () => {
  it('is the same by GET, as a form and as JSON, and is stored once', async () => {
    const { address, clickId } = await createNetworkWithClick()
    const fields = fieldsOf(clickId)
    const post = (body: string, headers: Record<string, string>) =>
      fetch(address, { method: 'POST', body, headers })
    const answers = [
      await get(address, fields),
      await post(new URLSearchParams(fields).toString(), FORM_TYPE),
      await post(JSON.stringify({ ...fields, admitad_id: Number(fields.admitad_id) }), JSON_TYPE),
      await fetch(`${address}?${new URLSearchParams(fields).toString()}`, { method: 'POST' }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(await stored()).toEqual([{ status: 'pending', detail: null, body: { fields } }])
  })

  it('of each network is stored and applied once, however often it arrives', async () => {
    for (const adapter of ['admitad', 'vcommission', 'cuelinks', 'awin']) {
      const network = await createPostbackNetwork({}, adapter)
      const address = await addressOf(network.id)
      await reportOrder('o1', null, ['pending'], adapter)
      const again = { network: adapter, duplicates: 3 }
      expect(await postBack('o1', address, again)).toEqual([200, 200, 200, 200])
    }
    expect(await stored()).toHaveLength(4)
    expect(await apply()).toEqual({ applied: 1, ignored: 3, failed: 0 })
    expect(await apply()).toEqual({ applied: 0, ignored: 0, failed: 0 })
  })

  it.each([
    ['{', JSON_TYPE, 400, 'request.malformed-body'],
    ['[1]', JSON_TYPE, 400, 'request.malformed-body'],
    ['{"admitad_id": 12345678901234567890}', JSON_TYPE, 400, 'request.malformed-body'],
    [
      `{"deep": ${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
      JSON_TYPE,
      400,
      'request.malformed-body',
    ],
    [`a=${'x'.repeat(64_000)}`, FORM_TYPE, 413, 'request.too-large'],
  ])('that is malformed or too large is refused: $0', async (body, headers, status, code) => {
    const { address } = await createNetworkWithClick()
    const answer = await fetch(address, { method: 'POST', body, headers })
    const refusal = (await answer.json()) as { errors: { code: string }[] }
    expect([answer.status, refusal.errors[0]?.code]).toEqual([status, code])
    expect(await stored()).toEqual([])
  })

  it('is applied with others of four megabytes at most, and the rest after them', async () => {
    const { id: network } = await createNetworkWithClick()
    await product.sql(`insert into inbound_events
        (id, source, event_id, status, body, received_at, created_at, updated_at)
      select time_ordered_uuid(), 'postback:${network}', 'large-' || n, 'pending',
        jsonb_build_object('fields', jsonb_build_object('a', repeat('x', 60000))), now(), now(), now()
      from generate_series(1, 150) n`)
    const counts: number[] = []
    for (let left = true; left;) {
      const req = await createLocalReq({}, product.payload)
      const done = await inTransaction(req, () => applyBatch(req, { limit: 500, now: new Date() }))
      counts.push(done.applied + done.ignored + done.failed)
      left = counts.at(-1) !== 0
    }
    expect(counts).toEqual([70, 70, 10, 0])
  })

  it('wakes the job that applies postbacks, and not the one that applies delivery reports', async () => {
    const { address, clickId } = await createNetworkWithClick()
    const client = new Client(product.databaseUrl)
    await client.connect()
    await client.query('listen postbacks')
    const heard = once(client, 'notification')
    await get(address, fieldsOf(clickId))
    expect((await heard)[0]).toMatchObject({ channel: applyPostbacks.wakeOn })
    await client.end()
    const { nextDue, run } = applyInboundEvents
    const at = { payload: product.payload, now: new Date() }
    expect(await nextDue?.(at)).toBeNull()
    await run({ ...at, data: null, signal: new AbortController().signal })
    expect(await stored()).toMatchObject([{ status: 'pending' }])
  })
})

describe('a postback of a network that is not trusted', () => {
  it('records a transaction and moves no money, up or down; the API’s report does', async () => {
    const { address, balance, clickId, id, member, name, order } = await createNetworkWithClick()
    await reportOrder(order, clickId, ['approved'])
    await postBack(order, address)
    await apply()
    const expected = {
      status: 'pending',
      isProvisional: true,
      provisional: 'approved',
      event: 'pending',
      member,
    }
    expect(await toTransactions(id)).toMatchObject([{ ...expected, credited: 0 }])
    expect(await balance()).toBe(0)

    await sync(name)
    const known = { status: 'approved', isProvisional: false, event: 'approved', postings: 1 }
    expect(await toTransactions(id)).toMatchObject([known])
    expect(await balance()).toBe(8_747)

    await reportOrder(order, clickId, ['approved', 'declined'])
    await postBack(order, address, { status: 'declined' })
    await apply()
    expect(await toTransactions(id)).toMatchObject([{ ...known, provisional: 'declined' }])
    expect(await balance()).toBe(8_747)

    await sync(name)
    expect(await balance()).toBe(0)
    expect(
      await product.sql(
        `select template from notifications where user_id = '${member}' and template like 'cashback-%' order by created_at`,
      ),
    ).toEqual(
      ['tracked', 'credited', 'declined'].map((event) => ({ template: `cashback-${event}` })),
    )
  })

  it('is never auto-approved, however old its transaction', async () => {
    const { address, balance, clickId, id } = await createNetworkWithClick()
    const config = (data: object) => product.payload.updateGlobal({ slug: 'cashback-config', data })
    await get(address, fieldsOf(clickId))
    await apply()
    expect(await toTransactions(id)).toMatchObject([{ event: 'pending' }])
    await config({ autoApprove: 'by-age-with-cap', ageCapMinor: 100_000 })
    await approveByAge.run({
      payload: product.payload,
      now: new Date(),
      data: null,
      signal: new AbortController().signal,
    })
    await config({ autoApprove: 'when-network-allows', ageCapMinor: null })
    expect(await balance()).toBe(0)
  })

  it('about a reversal takes nothing from its order', async () => {
    const { address, balance, clickId, id, name, order } = await createNetworkWithClick()
    await reportOrder(order, clickId, ['approved'])
    await sync(name)
    const [known = { program: '' }] = await product.sql<{ program: string }>(
      `select program_id as program from network_transactions where network_id = '${id}'`,
    )
    const fields = { order_id: order, offer_id: known.program, payment_sum: '-100.00' }
    await get(address, fieldsOf(clickId, fields))
    expect(await apply()).toMatchObject({ applied: 1 })
    expect(await balance()).toBe(8_747)
  })

  it('that names a click of another network is unattributed', async () => {
    const [here, elsewhere] = [await createNetworkWithClick(), await createNetworkWithClick()]
    await get(here.address, fieldsOf(elsewhere.clickId))
    await apply()
    expect(await toTransactions(here.id)).toMatchObject([{ member: null, event: null }])
  })

  it.each([true, false])(
    'credits no member that the API does not confirm (the API reports another member: %s)',
    async (isNamed) => {
      const { address, clickId, id, member, name, order } = await createNetworkWithClick()
      const thief = await createMemberWithClick(id)
      await reportOrder(order, thief.clickId, ['approved'])
      await postBack(order, address)
      await apply()
      expect(await toTransactions(id)).toMatchObject([{ member: thief.member, event: 'pending' }])

      await reportOrder(order, isNamed ? clickId : null, ['approved'])
      await sync(name)
      expect(await readBalance(product.payload, thief.member)).toBe(0)
      expect(await readBalance(product.payload, member)).toBe(isNamed ? 8_747 : 0)
      expect(await toTransactions(id)).toMatchObject([
        { member: isNamed ? member : null, event: isNamed ? 'approved' : null },
      ])
    },
  )
})

describe('a postback of a trusted network', () => {
  const trusted = { isTrusted: true, trustedCapMinor: 8_747, currency: 'INR' }

  it('moves money up to its cap, and the API’s report moves no more', async () => {
    const { address, balance, clickId, id, name, order } = await createNetworkWithClick(trusted)
    await reportOrder(order, clickId, ['approved'])
    await postBack(order, address, { duplicates: 2 })
    await apply()
    expect(await balance()).toBe(8_747)
    for (let time = 0; time < 2; time += 1) await sync(name)
    expect(await balance()).toBe(8_747)
    expect(await toTransactions(id)).toMatchObject([
      { isProvisional: false, event: 'approved', postings: 1 },
    ])
  })

  it.each([
    ['above its cap', { ...trusted, trustedCapMinor: 8_746 }],
    ['without a cap', { ...trusted, trustedCapMinor: null }],
    ['in another currency than its cap', { ...trusted, currency: 'USD' }],
  ])('%s is recorded as provisional and moves no money', async (_what, over) => {
    const { address, balance, clickId, id, order } = await createNetworkWithClick(over)
    await reportOrder(order, clickId, ['approved'])
    await postBack(order, address)
    await apply()
    expect(await toTransactions(id)).toMatchObject([
      { status: 'pending', isProvisional: true, postings: 0 },
    ])
    expect(await balance()).toBe(0)
  })

  it.each([true, false])(
    'with a thief’s click is reversed when the API reports another click or none (another: %s)',
    async (isNamed) => {
      const { address, clickId, id, member, name, order } = await createNetworkWithClick(trusted)
      const thief = await createMemberWithClick(id)
      await reportOrder(order, thief.clickId, ['approved'])
      await postBack(order, address)
      await apply()
      expect(await readBalance(product.payload, thief.member)).toBe(8_747)

      await reportOrder(order, isNamed ? clickId : null, ['approved'])
      for (let time = 0; time < 2; time += 1) await sync(name)
      expect(await readBalance(product.payload, thief.member)).toBe(0)
      expect(await readBalance(product.payload, member)).toBe(isNamed ? 8_747 : 0)
      expect(await toTransactions(id)).toMatchObject([
        { member: isNamed ? member : null, event: isNamed ? 'approved' : 'reversed' },
      ])
      expect((await verifyWallets(product.payload)).problems).toEqual([])
    },
  )

  it('is superseded by a later report of the API', async () => {
    const { address, balance, clickId, id, name, order } = await createNetworkWithClick(trusted)
    await reportOrder(order, clickId, ['pending'])
    await sync(name)
    await postBack(order, address, { status: 'approved' })
    await apply()
    expect(await balance()).toBe(8_747)
    await sync(name)
    expect(await balance()).toBe(0)
    expect(await toTransactions(id)).toMatchObject([{ status: 'pending', event: 'reversed' }])
  })

  it.each([
    [100, 3_500],
    [112, 0],
  ])(
    'without a filter for changes credits an order of %i days ago with %i: the API lists 120 days',
    async (days, credited) => {
      const network = await createPostbackNetwork(trusted, 'vcommission')
      const { clickId, member } = await createMemberWithClick(network.id)
      const created = new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 19)
      await get(await addressOf(network.id), {
        conversion_id: randomUUID(),
        txn_id: randomUUID(),
        click_id: clickId,
        campaign_id: '31',
        status: 'approved',
        payout: '50.00',
        currency: 'INR',
        created: created.replace('T', ' '),
      })
      expect(await apply()).toEqual({ applied: 1, ignored: 0, failed: 0 })
      expect(await readBalance(product.payload, member)).toBe(credited)
    },
  )

  it('does not reverse a transaction that the API has approved', async () => {
    const { address, balance, clickId, name, order } = await createNetworkWithClick(trusted)
    await reportOrder(order, clickId, ['approved'])
    await sync(name)
    for (const status of ['pending', 'declined']) {
      await postBack(order, address, { status })
      await apply()
      expect(await balance()).toBe(8_747)
    }
  })
})

describe('a malformed postback', () => {
  it('is quarantined with its reason, and delays no other', async () => {
    const { address, clickId, id } = await createNetworkWithClick()
    const send = (over: Record<string, string>) => get(address, fieldsOf(clickId, over))
    await send({ admitad_id: '1' })
    await send({ admitad_id: Array.from({ length: 120 }, () => randomUUID()).join('') })
    await send({ admitad_id: '3\0', order_id: '\0', subid4: `${clickId}\0` })
    await send({ payment_sum: '9'.repeat(30) })
    await send({ currency: 'ZZZ' })
    await send({ time: '99999999999999' })
    await send({ admitad_id: '' })
    await send({ admitad_id: '4', payment_status: 'toString' })
    await send({ admitad_id: '5', payment_sum: '90071992547409.91' })
    expect(await apply()).toEqual({ applied: 3, ignored: 6, failed: 0 })
    expect(await toTransactions(id)).toMatchObject([
      { provisional: 'approved', event: 'pending' },
      { provisional: 'approved', event: 'pending' },
      { status: 'unknown', provisional: 'unknown', event: null },
    ])
    const kept = await product.sql<{ code: string }>(
      `select code from quarantined_rows where network_id = '${id}' order by code`,
    )
    expect(kept.map(({ code }) => code)).toEqual([
      'money.not-minor',
      'money.unknown-currency',
      'row.amount-out-of-range',
      'row.text-too-long',
      'time.malformed',
    ])
    expect(await apply()).toEqual({ applied: 0, ignored: 0, failed: 0 })
  })

  it('of a network with invalid settings is stored, and delays no other network', async () => {
    const [broken, whole] = [await createNetworkWithClick(), await createNetworkWithClick()]
    await get(broken.address, fieldsOf(broken.clickId))
    await get(whole.address, fieldsOf(whole.clickId))
    await product.sql(`update networks set settings = '{"nonsense": 1}' where id = '${broken.id}'`)
    const later = await get(broken.address, fieldsOf(broken.clickId, { admitad_id: '77' }))
    expect(later.status).toBe(200)
    expect(await apply()).toEqual({ applied: 1, ignored: 0, failed: 2 })
  })
})

it('many postbacks at once, applied by many workers at once, are each applied once', async () => {
  const { address, clickId, id } = await createNetworkWithClick()
  const ids = Array.from({ length: 40 }, (_, index) => String(index))
  await Promise.all(
    [...ids, ...ids].map((admitad) => get(address, fieldsOf(clickId, { admitad_id: admitad }))),
  )
  const runs = await Promise.all([apply(), apply(), apply()])
  expect(runs.reduce((sum, { applied }) => sum + applied, 0)).toBe(40)
  expect(await toTransactions(id)).toHaveLength(40)
})
