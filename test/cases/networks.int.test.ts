import { createServer } from 'node:http'

import { runSyncRequests } from '../../src/cashback/ingestion/sync/runSyncRequests.ts'
import { createMerchant, createNetwork } from '../support/cashbackFactories.ts'
import { createUser, readBalance, signIn } from '../support/factories.ts'
import { insertClick } from '../support/insertRows.ts'
import { daysAgo, hoursAgo } from '../support/instants.ts'
import { listenLocally } from '../support/listenLocally.ts'
import { CREDENTIALS, withoutRateLimit } from '../support/networks/simulatedNetwork.ts'
import { type Product, startProduct } from '../support/startProduct.ts'
import { readCase } from './readCase.ts'

/** Answers a request of an adapter by its address. */
type Answer = (url: URL) => unknown

let product: Product
let server: Awaited<ReturnType<typeof listenLocally>>
let answer: Answer = () => []
beforeAll(async () => {
  product = await startProduct()
  server = await listenLocally(
    createServer((request, response) => {
      response.setHeader('Content-Type', 'application/json')
      response.end(JSON.stringify(answer(new URL(request.url ?? '/', 'http://localhost'))))
    }),
  )
})
afterAll(async () => {
  await server.close()
  await product.close()
})

/** Creates a network that reads from the server of this file, and a member with a click there. */
const open = async (adapter: string) => {
  const { payload } = product
  const member = (await createUser(payload)).id
  const { id: network } = await createNetwork(payload, {
    adapter,
    credentials: CREDENTIALS[adapter],
    settings: { baseUrl: server.url, ...withoutRateLimit(adapter) },
  })
  const merchant = (await createMerchant(payload)).id
  const click = await insertClick(product, { member, merchant, network, at: daysAgo(10) })
  const authorization = await signIn(payload, await createUser(payload, { role: 'finance' }))
  const sync = async () => {
    const path = `/api/networks/${network}/sync`
    const { status } = await product.rest('POST', path, { authorization, body: {} })
    expect(status).toBe(201)
    const { signal } = new AbortController()
    const ends = Object.values(await runSyncRequests({ payload, signal }))
    const problems = await product.sql(
      `select last_problem as problem from networks where id = '${network}'`,
    )
    expect([ends, problems]).toEqual([['completed'], [{ problem: null }]])
  }
  return { member, network, click: click.clickId, sync }
}

const messagesTo = (member: string) =>
  product.sql<{ template: string; data: Record<string, unknown> }>(
    `select template, data from notifications
     where user_id = '${member}' and template like 'cashback-%' order by created_at, id`,
  )

it('case 13: an amended, approved and then declined transaction of Awin is credited and taken back once', async () => {
  const found = readCase('13-awin-amended-null-fields')
  const { click, member, network, sync } = await open('awin')
  const fill = (text: string) =>
    text
      .replaceAll('{{click1}}', click)
      .replaceAll(/"T(?:-(\d+)h)?"/g, (_all, hours: string | undefined) =>
        JSON.stringify(hoursAgo(Number(hours ?? 0)).slice(0, 19)),
      )
  const events = () =>
    product.sql<{ status: string; amount: number }>(
      `select status::text, amount_minor::int as amount from cashback_events where member_id = '${member}'`,
    )
  for (const step of ['1', '2', '3'] as const) {
    const rows = JSON.parse(fill(found.text(`${step}.json`))) as unknown[]
    const dateTypes = step === '1' ? ['transaction'] : ['transaction', 'validation', 'amendment']
    answer = ({ searchParams }) =>
      dateTypes.includes(searchParams.get('dateType') ?? '') &&
      isRecent(`${searchParams.get('endDate')}Z`)
        ? rows
        : []
    await sync()
    if (step === '1') {
      const [event] = await events()
      expect(`${event?.status} ${event?.amount}`).toBe(found.expected[1]?.split(';')[0])
      const bonus = await product.sql(
        `select member_id from network_transactions
         where network_id = '${network}' and external_id = '259630313'`,
      )
      expect(bonus).toEqual([{ member_id: null }])
    }
    if (step === '2')
      expect(`credited ${await readBalance(product.payload, member, 'GBP')}`).toBe(
        found.expected[2],
      )
  }
  expect(await readBalance(product.payload, member, 'GBP')).toBe(0)
  expect(await events()).toMatchObject([{ status: 'reversed' }])
  const declined = (await messagesTo(member)).filter(
    ({ template }) => template === 'cashback-declined',
  )
  expect(declined).toHaveLength(1)
})

it('case 15: an approved order that is put on hold is announced as on hold, and is credited again later', async () => {
  const found = readCase<{ wallet: number[]; words: string }>('15-approved-then-stalled')
  const { click, member, sync } = await open('admitad')
  const actions = found.json('actions.json') as object[]
  const wallet: number[] = []
  for (const [at, action] of actions.entries()) {
    const row = {
      ...(JSON.parse(JSON.stringify(action).replaceAll('{{click1}}', click)) as object),
      action_date: wallClock(daysAgo(1)),
      click_date: wallClock(daysAgo(1.1)),
      status_updated: wallClock(hoursAgo(9 - at)),
    }
    answer = ({ pathname, searchParams }) => {
      if (pathname.includes('token'))
        return { access_token: 'a', refresh_token: 'r', expires_in: 604_800, token_type: 'bearer' }
      const end = searchParams.get('date_end') ?? searchParams.get('status_updated_end') ?? ''
      const [day = '', month = '', year = ''] = end.slice(0, 10).split('.')
      const results = isRecent(`${year}-${month}-${day}`) ? [row] : []
      return { results, _meta: { count: results.length, limit: 500, offset: 0 } }
    }
    await sync()
    wallet.push(await readBalance(product.payload, member))
  }
  expect(wallet).toEqual(found.expected.wallet)
  expect((await messagesTo(member)).map(({ template }) => template)).toEqual([
    'cashback-credited',
    'cashback-on-hold',
    'cashback-credited',
  ])
})

/** A list is read in windows; the case's transactions are in the last of them. */
const isRecent = (end: string): boolean => Date.parse(end) > Date.now() - 2 * 24 * 3_600_000

/** Admitad's times have no zone: they are three hours ahead of UTC. */
const wallClock = (at: string): string =>
  new Date(Date.parse(at) + 3 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
