import { readDb } from '../../../../src/database/readDb.ts'
import { withSyncLock } from '../../../../src/cashback/ingestion/sync/syncNetwork.ts'
import { loadNetwork } from '../../../../src/cashback/ingestion/networkStore.ts'
import { replayPages } from '../../../../src/cashback/ingestion/sync/replayPages.ts'
import { insertClick } from '../../../../test/support/insertRows.ts'
import {
  createMerchantAtNetwork,
  createNetwork,
} from '../../../../test/support/cashbackFactories.ts'
import { createUser, readBalance, signIn } from '../../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'

let product: Product
let finance: string
beforeAll(async () => {
  product = await startProduct()
  finance = await signIn(product.payload, await createUser(product.payload, { role: 'finance' }))
})
afterAll(() => product.close())

const settingsOf = (statuses: object = {}) => ({
  mapping: {
    columns: {
      externalId: 'Id',
      orderId: 'Order',
      clickId: 'Click',
      status: 'State',
      commission: 'Commission',
      eventAt: 'Date',
    },
    statuses: { open: 'pending', confirmed: 'approved', cancelled: 'declined', ...statuses },
    currency: 'INR',
  },
})

/** A member with a click, at 70 % of the commission, at a network that is read from files. */
const createMemberWithClick = async () => {
  const { payload } = product
  const { merchant } = (await createMerchantAtNetwork(payload)).ids
  const { id: network, name } = await createNetwork(payload, {
    adapter: 'csv',
    settings: settingsOf(),
  })
  const member = (await createUser(payload)).id
  const { clickId } = await insertClick(product, { merchant, network, member })
  const line = (id: string, state: string, commission: number) =>
    `${id},${id},${clickId},${state},${commission},2026-01-05`
  return { clickId, line, member, merchant, name, network }
}

const OCTOBER = '2026-10-31'
const HEADER = 'Order,Click,State,Commission,Date'
const importFile = async (network: string, lines: string[], header = `Id,${HEADER}`) => {
  const { body, status } = await product.rest<{ changed: number; pages: number }>(
    'POST',
    `/api/networks/${network}/import?asOf=${OCTOBER}`,
    {
      authorization: finance,
      body: [header, ...lines].join('\n'),
      headers: { 'Content-Type': 'text/csv' },
    },
  )
  expect(status).toBe(200)
  return body
}

const replay = async (name: string) => {
  const { payload } = product
  const network = await loadNetwork(await readDb(product), name)
  const { signal } = new AbortController()
  const options = { payload, network, signal, chosenWindow: undefined }
  const end = await withSyncLock({ ...options, networkId: network.id }, () => replayPages(options))
  expect(end).toEqual({ status: 'completed' })
}

/** All of a network's transactions, events and money. */
const books = (network: string) =>
  product.sql(`select to_jsonb(s) as transaction, to_jsonb(e) as event, w.key
    from network_transactions s left join cashback_events e on e.transaction_id = s.id
    left join wallet_transactions w on w.cashback_event_id = e.id
    where s.network_id = '${network}' order by s.external_id, w.key`)

const expectSameAfterReplays = async ({ name, network }: { name: string; network: string }) => {
  const before = await books(network)
  await replay(name)
  await replay(name)
  expect(await books(network)).toEqual(before)
}

const stateOf = async (network: string, externalId: string) =>
  (
    await product.sql<{ status: string; commission: number }>(
      `select status::text, commission_minor::int as commission from network_transactions
       where network_id = '${network}' and external_id = '${externalId}'`,
    )
  )[0]

describe('two files of the same day', () => {
  it('are both stored: the corrected one counts, and a replay posts nothing', async () => {
    const fixture = await createMemberWithClick()
    const { line, member, network } = fixture
    await importFile(network, [line('T1', 'confirmed', 100), line('T2', 'confirmed', 100)])
    expect(await readBalance(product.payload, member)).toBe(14_000)
    const corrected = [line('T1', 'cancelled', 100), line('T2', 'confirmed', 50)]
    expect(await importFile(network, corrected)).toMatchObject({ changed: 2 })
    expect(await readBalance(product.payload, member)).toBe(3_500)
    expect(await importFile(network, corrected)).toMatchObject({ changed: 0 })
    await expectSameAfterReplays(fixture)
  })

  it('replayed with a corrected mapping: the last file counts, and money moves once', async () => {
    const { line, member, name, network } = await createMemberWithClick()
    for (const [state, commission] of [
      ['confirmed', 100],
      ['confirmed', 80],
      ['void', 80],
    ] as const) {
      await importFile(network, [line('T1', state, commission)])
    }
    expect(await readBalance(product.payload, member)).toBe(5_600)
    const settings = settingsOf({ void: 'declined' })
    await product.payload.update({
      collection: 'networks',
      id: network,
      data: { settings },
    })
    await replay(name)
    await replay(name)
    expect(await readBalance(product.payload, member)).toBe(0)
    const moves = await product.sql(`select w.id from wallet_transactions w join cashback_events e
      on e.id = w.cashback_event_id where e.member_id = '${member}'`)
    expect(moves).toHaveLength(3)
  })
})

it('an order in files without ids is paid once, also if the corrected file names another click', async () => {
  const { clickId, member, merchant, network } = await createMemberWithClick()
  await product.sql(`update networks set settings = settings #- '{mapping,columns,externalId}'
    where id = '${network}'`)
  const second = (await createUser(product.payload)).id
  const other = await insertClick(product, {
    merchant,
    network,
    member: second,
  })
  for (const click of [clickId, '', other.clickId]) {
    await importFile(network, [`T1,${click},confirmed,100,2026-01-05`], HEADER)
  }
  expect(await readBalance(product.payload, member)).toBe(0)
  expect(await readBalance(product.payload, second)).toBe(7_000)
})

it.each([
  ['one page', 1],
  ['two pages', 1_000],
])(
  'an id twice on %s of a file: the last row counts, and a replay posts nothing',
  async (_, far) => {
    const fixture = await createMemberWithClick()
    const { line, member, network } = fixture
    const between = Array.from({ length: far }, (_each, at) => line(`F${at}`, 'cancelled', 1))
    const lines = [line('T1', 'confirmed', 100), ...between, line('T1', 'open', 60)]
    expect(await importFile(network, lines)).toMatchObject({ pages: far === 1 ? 1 : 2 })
    expect(await stateOf(network, 'T1')).toEqual({ status: 'pending', commission: 6_000 })
    expect(await readBalance(product.payload, member)).toBe(0)
    await expectSameAfterReplays(fixture)
  },
)
