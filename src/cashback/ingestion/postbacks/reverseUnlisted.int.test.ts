import { createLocalReq } from 'payload'

import { dbIn } from '../../../database/dbIn.ts'
import { inTransaction } from '../../../database/inTransaction.ts'
import {
  buildTransactionRow,
  createMerchantAtNetwork,
  ingestRowsAt,
} from '../../../../test/support/cashbackFactories.ts'
import { createUser, readBalance } from '../../../../test/support/factories.ts'
import { insertClick } from '../../../../test/support/insertRows.ts'
import { instantOf } from '../../../../test/support/instants.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'
import type { TransactionRow } from '../../networks/types.ts'
import { loadPostbackNetwork } from '../networkStore.ts'
import { quarantine } from '../quarantine.ts'
import { ingestPostbacks } from './ingestPostbacks.ts'
import { reverseUnlisted } from './reverseUnlisted.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

/** A member's click at a network that is trusted up to 40.00 a transaction and 100.00 a day. */
const createTrustedNetwork = async (dayCapMinor = 10_000) => {
  const { ids } = await createMerchantAtNetwork(product.payload)
  await product.sql(`update networks set is_trusted = true, trusted_cap_minor = 4000,
    trusted_day_cap_minor = ${dayCapMinor}, currency = 'INR', overlap_hours = 48
    where id = '${ids.network}'`)
  const member = (await createUser(product.payload)).id
  const { clickId } = await insertClick(product, { ...ids, member })
  return { network: ids.network, clickId, member }
}

/** Applies postbacks about approved orders of 50.00 commission, which make 35.00 each. */
const postback = async (
  { clickId, network }: { clickId: string; network: string },
  { ids = ['p1'], at = instantOf(3) }: { ids?: string[]; at?: Date } = {},
) => {
  const req = await createLocalReq({}, product.payload)
  await inTransaction(req, async () => {
    const row = await loadPostbackNetwork(await dbIn(req), network)
    if (!row) throw new Error('no network')
    const postbacks = ids.map((externalId) => ({
      receivedAt: at.toISOString(),
      row: buildOrder(clickId, { externalId, orderId: externalId, eventAt: at.toISOString() }),
    }))
    await ingestPostbacks(req, { network: row, now: at, postbacks, listedSince: null })
  })
}
const buildOrder = (clickId: string, over: Partial<TransactionRow> = {}) =>
  buildTransactionRow({ subId: clickId, ...over })

type Run = { status?: string; by?: string; from?: number; to?: number; at?: number }
/** Records a run of day 6 that read the days 2 to 6, unless it is another. Returns its id. */
const insertRun = async (
  network: string,
  { at = 6, by = 'event', from = 2, status = 'completed', to = 6 }: Run = {},
) => {
  const time = (day: number) => `'${instantOf(day).toISOString()}'`
  const [run] = await product.sql<{ id: string }>(`
    insert into sync_runs (id, network_id, status, window_by, window_from, window_to, started_at,
      ended_at, pages, rows, changed, created, unattributed, quarantined)
    values (time_ordered_uuid(), '${network}', '${status}', '${by}', ${time(from)}, ${time(to)},
      ${time(at)}, ${time(at + 0.01)}, 0, 0, 0, 0, 0, 0)
    returning id`)
  return run?.id ?? ''
}
/** Quarantines one row, always the same, that a run or (null) a postback reported on this day. */
const quarantineRow = async (
  network: string,
  { day, run }: { day: number; run: string | null },
) => {
  const req = await createLocalReq({}, product.payload)
  const batch = { networkId: network, now: instantOf(day), runId: run, pageId: null }
  const row = { raw: { id: 'x' }, code: 'money.not-minor', detail: 'an amount' }
  await inTransaction(req, async () => quarantine(await dbIn(req), batch, [row]))
}
const reverse = (network: string) =>
  reverseUnlisted(product.payload, { network, now: instantOf(7) })
const balanceOf = (member: string) => readBalance(product.payload, member)

describe('a credit by a postback that the API does not list', () => {
  it('is reversed once its window was read completely after the lag, and stays pending', async () => {
    const fixture = await createTrustedNetwork()
    await postback(fixture)
    expect(await balanceOf(fixture.member)).toBe(3_500)
    await insertRun(fixture.network)
    expect(await reverse(fixture.network)).toBe(1)
    expect(await balanceOf(fixture.member)).toBe(0)
    const rows = await product.sql(
      `select status::text, is_provisional from network_transactions where network_id = '${fixture.network}'`,
    )
    expect(rows).toEqual([{ status: 'pending', is_provisional: true }])
    expect(await reverse(fixture.network)).toBe(0)
  })

  it.each<[string, Run[]]>([
    ['no run', []],
    ['a failed run, which read only a part', [{ status: 'failed' }]],
    ['a stopped run, which read only a part', [{ status: 'stopped' }]],
    ['a run that has not ended', [{ status: 'running' }]],
    ['a run before the lag ended', [{ at: 4.99 }]],
    ['a window that begins after the order', [{ from: 3.01 }]],
    ['a window that ends with the order', [{ to: 3 }]],
    ['a replay', [{ by: 'replay' }]],
    [
      'windows of changes before and after it',
      [
        { by: 'change', to: 3 },
        { by: 'change', from: 3.01 },
      ],
    ],
    ['the failed half of a split window', [{ to: 2.5 }, { from: 2.5, to: 6, status: 'failed' }]],
  ])('is not reversed after %s', async (_name, runs) => {
    const fixture = await createTrustedNetwork()
    await postback(fixture)
    for (const run of runs) await insertRun(fixture.network, run)
    expect(await reverse(fixture.network)).toBe(0)
    expect(await balanceOf(fixture.member)).toBe(3_500)
  })

  it.each<[string, Run]>([
    ['exactly at the end of the lag', { at: 5 }],
    ['of a window that begins with the order', { from: 3 }],
    ['of the changes since it', { by: 'change' }],
  ])('is reversed after a complete run %s', async (_name, run) => {
    const fixture = await createTrustedNetwork()
    await postback(fixture)
    await insertRun(fixture.network, run)
    expect(await reverse(fixture.network)).toBe(1)
    expect(await balanceOf(fixture.member)).toBe(0)
  })

  it('is not reversed after a run with a row that could not be read: it may be the order', async () => {
    const fixture = await createTrustedNetwork()
    await postback(fixture)
    const run = await insertRun(fixture.network)
    await quarantineRow(fixture.network, { day: 6.005, run })
    expect(await reverse(fixture.network)).toBe(0)
  })

  it('is not reversed after a run with such a row that a later run or a postback reports again', async () => {
    const fixture = await createTrustedNetwork()
    await postback(fixture)
    const run = await insertRun(fixture.network)
    await quarantineRow(fixture.network, { day: 6.005, run })
    const later = await insertRun(fixture.network, { at: 6.5, status: 'failed' })
    await quarantineRow(fixture.network, { day: 6.505, run: later })
    await quarantineRow(fixture.network, { day: 6.6, run: null })
    expect(await reverse(fixture.network)).toBe(0)
  })

  it('is reversed although postbacks that cannot be read arrive during the run', async () => {
    const fixture = await createTrustedNetwork()
    await postback(fixture)
    await insertRun(fixture.network)
    await quarantineRow(fixture.network, { day: 6.005, run: null })
    expect(await reverse(fixture.network)).toBe(1)
    expect(await balanceOf(fixture.member)).toBe(0)
  })

  it('is reversed although a postback repeats a row that an earlier run could not read', async () => {
    const fixture = await createTrustedNetwork()
    await postback(fixture)
    const earlier = await insertRun(fixture.network, { at: 4 })
    await quarantineRow(fixture.network, { day: 4.005, run: earlier })
    await insertRun(fixture.network)
    await quarantineRow(fixture.network, { day: 6.005, run: null })
    expect(await reverse(fixture.network)).toBe(1)
  })

  it('is credited again when the API lists it later, and not by another postback', async () => {
    const fixture = await createTrustedNetwork()
    await postback(fixture)
    await insertRun(fixture.network)
    await reverse(fixture.network)
    await postback(fixture, { at: instantOf(8) })
    expect(await balanceOf(fixture.member)).toBe(0)
    const rows = [buildOrder(fixture.clickId, { externalId: 'p1', orderId: 'p1' })]
    await ingestRowsAt(product, { network: fixture.network, at: instantOf(9), rows })
    expect(await balanceOf(fixture.member)).toBe(3_500)
  })
})

it('a credit that the API has listed is not reversed', async () => {
  const fixture = await createTrustedNetwork()
  await postback(fixture)
  const rows = [buildOrder(fixture.clickId, { externalId: 'p1', orderId: 'p1' })]
  await ingestRowsAt(product, { network: fixture.network, at: instantOf(4), rows })
  await insertRun(fixture.network)
  expect(await reverse(fixture.network)).toBe(0)
  expect(await balanceOf(fixture.member)).toBe(3_500)
})

describe('the cap of a network and day', () => {
  it('lets postbacks credit up to it; what is above stays pending', async () => {
    const fixture = await createTrustedNetwork()
    await postback(fixture, { ids: ['a', 'b', 'c', 'd'] })
    expect(await balanceOf(fixture.member)).toBe(7_000)
    const events = await product.sql<{ status: string }>(
      `select status::text from cashback_events where member_id = '${fixture.member}' order by 1`,
    )
    expect(events.map(({ status }) => status)).toEqual([
      'approved',
      'approved',
      'pending',
      'pending',
    ])
  })

  it('counts all members and postbacks of the last day, and is free again after it', async () => {
    const fixture = await createTrustedNetwork(3_500)
    const other = (await createUser(product.payload)).id
    const { ids } = await createMerchantAtNetwork(product.payload)
    const click = await insertClick(product, { ...ids, network: fixture.network, member: other })
    const second = { network: fixture.network, clickId: click.clickId }
    await postback(fixture, { ids: ['a'] })
    await postback(second, { ids: ['b'], at: instantOf(3.5) })
    expect([await balanceOf(fixture.member), await balanceOf(other)]).toEqual([3_500, 0])
    await postback(second, { ids: ['b'], at: instantOf(4.5) })
    expect(await balanceOf(other)).toBe(3_500)
  })

  it('of zero lets none credit', async () => {
    const fixture = await createTrustedNetwork(0)
    await postback(fixture)
    expect(await balanceOf(fixture.member)).toBe(0)
  })
})
