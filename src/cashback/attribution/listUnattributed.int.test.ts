import { listUnattributed, type UnattributedList } from './listUnattributed.ts'
import { readDb } from '../../database/readDb.ts'
import { insertClick } from '../../../test/support/insertRows.ts'
import {
  createMerchantAtNetwork,
  ingestTransaction,
  ingestTransactions,
  type MerchantIds,
} from '../../../test/support/cashbackFactories.ts'
import { hoursAgo } from '../../../test/support/instants.ts'
import { createUser, signIn } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'

let product: Product
let support: string
beforeAll(async () => {
  product = await startProduct()
  support = await signIn(product.payload, await createUser(product.payload, { role: 'support' }))
})
afterAll(() => product.close())
// The transactions of other tests are declined, so that none of them is unattributed.
beforeEach(() => product.sql(`update network_transactions set status = 'declined'`))

const list = async (query = '', authorization: string | undefined = support) =>
  product.rest<UnattributedList>('GET', `/api/network-transactions/unattributed${query}`, {
    authorization,
  })

const insertClaim = (
  merchantIds: MerchantIds,
  member: string,
  over: { order?: string; amount?: number } = {},
) =>
  product.sql(`insert into cashback_claims (id, member_id, merchant_id, order_number, order_key,
      ordered_at, sale_minor, currency, status)
    values (time_ordered_uuid(), '${member}', '${merchantIds.merchant}', '${over.order ?? 'X'}',
      '${over.order ?? 'X'}', '${hoursAgo(2)}', ${over.amount ?? 1}, 'INR', 'open')`)

describe('the list of unattributed transactions', () => {
  it('suggests members, and sorts by the best match', async () => {
    const { ids: merchantIds } = await createMerchantAtNetwork(product.payload)
    const { ids: other } = await createMerchantAtNetwork(product.payload)
    const [asha, ravi] = await Promise.all(
      ['Asha', 'Ravi'].map((name) => createUser(product.payload, { name })),
    )
    if (!asha || !ravi) throw new Error('no members')
    const weak = await ingestTransaction(product, other, { eventAt: hoursAgo(1) })
    const strong = await ingestTransaction(product, merchantIds, {
      orderId: 'OD-77',
      saleMinor: 50_000,
    })
    const click = await insertClick(product, { ...merchantIds, member: asha.id, at: hoursAgo(2.5) })
    await insertClick(product, { ...merchantIds, member: ravi.id, at: hoursAgo(20) })
    await insertClick(product, { ...other, member: ravi.id, at: hoursAgo(60) })
    await insertClaim(merchantIds, asha.id, { order: 'OD77', amount: 50_000 })

    const { body, status } = await list()
    expect(status).toBe(200)
    expect(body).toMatchObject({
      total: 2,
      strong: 1,
      sums: [{ currency: 'INR', amountMinor: 299_900 }],
    })
    expect(body.rows.map(({ transaction }) => transaction.id)).toEqual([strong, weak])
    expect(body.rows[0]).toMatchObject({
      transaction: {
        merchantName: 'Corner & Co',
        merchant: merchantIds.merchant,
        cashbackMinor: 8_747,
      },
      pending: null,
      suggestions: [{ member: asha.id, memberName: 'Asha', click: click.id, score: 100 }],
    })
    expect(body.rows[0]?.suggestions[0]?.reasons.map(({ code }) => code)).toEqual([
      'claim-order',
      'click-time',
      'click-rivals',
      'claim-amount',
      'claim-time',
    ])
    expect(body.rows[1]?.suggestions).toEqual([])
  })

  it('leaves out declined transactions, reversals, members’ transactions and unclaimed orders of guests', async () => {
    const { ids: merchantIds } = await createMerchantAtNetwork(product.payload)
    const member = (await createUser(product.payload)).id
    const guest = await insertClick(product, { ...merchantIds, member: null, at: hoursAgo(3) })
    const own = await insertClick(product, { ...merchantIds, member, at: hoursAgo(3) })
    await ingestTransactions(product, merchantIds, [
      { externalId: 'declined', status: 'declined' },
      { externalId: 'return', reversalOf: 'x', commissionMinor: -1 },
      { externalId: 'own', subId: own.clickId },
      { externalId: 'guest', subId: guest.clickId, orderId: 'gues t-1s' },
      { externalId: 'unattributed' },
    ])
    expect((await list()).body.rows.map(({ transaction }) => transaction.externalId)).toEqual([
      'unattributed',
    ])
    await insertClaim(merchantIds, member, { order: 'GUEST1S' })
    const { body } = await list()
    expect(body.rows.map(({ transaction }) => transaction.externalId)).toEqual([
      'guest',
      'unattributed',
    ])
    expect(body.total).toBe(2)
  })

  it('shows the files of a claim in the member’s order, and no other files', async () => {
    const { ids: merchantIds } = await createMerchantAtNetwork(product.payload)
    const [asha, ravi] = [await createUser(product.payload), await createUser(product.payload)]
    await ingestTransaction(product, merchantIds, { orderId: 'OD-78' })
    await insertClaim(merchantIds, asha.id, { order: 'OD78', amount: 249_900 })
    await insertClick(product, { ...merchantIds, member: ravi.id, at: hoursAgo(2.5) })
    await product.sql(`with file as (
        insert into claim_files (id, member_id, name, type, bytes, sha256)
        select time_ordered_uuid(), '${asha.id}', name, 'application/pdf', 19, ''
        from unnest(array['a.pdf', 'b.pdf', 'unused.pdf']) name returning id, name)
      insert into cashback_claims_rels ("order", parent_id, path, claim_files_id)
      select case file.name when 'b.pdf' then 1 else 2 end, k.id, 'files', file.id
      from file, cashback_claims k where k.member_id = '${asha.id}' and file.name <> 'unused.pdf'`)

    const { body } = await list()
    const [claimed, clicked] = body.rows[0]?.suggestions ?? []
    expect(claimed).toMatchObject({ member: asha.id, claim: expect.any(String) })
    expect(claimed?.files).toEqual(
      ['b.pdf', 'a.pdf'].map((name) => ({
        id: expect.any(String),
        name,
        type: 'application/pdf',
        bytes: 19,
      })),
    )
    expect(clicked).toMatchObject({ member: ravi.id, claim: null, files: [] })
  })

  it('never suggests a click of a robot, after the transaction, of another network or another merchant', async () => {
    const { ids: merchantIds } = await createMerchantAtNetwork(product.payload)
    const { ids: other } = await createMerchantAtNetwork(product.payload)
    const member = (await createUser(product.payload)).id
    await ingestTransaction(product, merchantIds)
    await insertClick(product, { ...merchantIds, member, at: hoursAgo(2.1), isBot: true })
    await insertClick(product, { ...merchantIds, member, at: hoursAgo(1.9) })
    await insertClick(product, {
      ...merchantIds,
      network: other.network,
      member,
      at: hoursAgo(2.1),
    })
    await insertClick(product, { ...other, member, at: hoursAgo(2.1) })
    expect((await list()).body.rows[0]?.suggestions).toEqual([])
  })

  it('finds the click with the reported part of its id, also behind many nearer clicks', async () => {
    const { ids: merchantIds } = await createMerchantAtNetwork(product.payload)
    const member = await createUser(product.payload)
    const { clickId } = await insertClick(product, {
      ...merchantIds,
      member: member.id,
      at: hoursAgo(40),
    })
    const crowd = await product.sql<{ id: string }>(`insert into users (id, email, role)
      select time_ordered_uuid(), 'crowd' || i || '@example.test', 'member'
      from generate_series(1, 11) i returning id`)
    for (const { id } of crowd)
      await insertClick(product, { ...merchantIds, member: id, at: hoursAgo(2.2) })
    await ingestTransaction(product, merchantIds, { subId: clickId.slice(0, 20).toUpperCase() })
    const { body } = await list()
    expect(body.rows[0]?.suggestions[0]).toMatchObject({ member: member.id })
  })

  it('has pages without gaps, and shows who requested a pending assignment', async () => {
    const { ids: merchantIds } = await createMerchantAtNetwork(product.payload)
    const transactions = Array.from({ length: 5 }, (_, n) => ({
      externalId: `s${n}`,
      eventAt: hoursAgo(n + 1),
    }))
    await ingestTransactions(product, merchantIds, transactions)
    const pages = await Promise.all([1, 2, 3, 4].map((page) => list(`?limit=2&page=${page}`)))
    expect(
      pages.map(({ body }) => body.rows.map(({ transaction }) => transaction.externalId)),
    ).toEqual([['s0', 's1'], ['s2', 's3'], ['s4'], []])
    const [one] = pages[0]?.body.rows ?? []
    const admin = await createUser(product.payload, { role: 'admin', name: 'Meera' })
    await product.rest('POST', `/api/network-transactions/${one?.transaction.id ?? ''}/assign`, {
      authorization: await signIn(product.payload, admin),
      body: { member: admin.id },
    })
    const { body } = await list('?limit=1')
    expect(body.rows[0]?.pending).toMatchObject({ member: admin.id, requestedByName: 'Meera' })
  })

  it('continues by age after the ranked transactions, each of them once', async () => {
    const { ids: merchantIds } = await createMerchantAtNetwork(product.payload)
    const transactions = Array.from({ length: 205 }, (_, n) => ({
      externalId: `many${n}`,
      eventAt: hoursAgo(n + 1),
    }))
    await ingestTransactions(product, merchantIds, transactions)
    const pages = await Promise.all([1, 2, 3].map((page) => list(`?limit=80&page=${page}`)))
    const listed = pages.flatMap(({ body }) =>
      body.rows.map(({ transaction }) => transaction.externalId),
    )
    expect(listed).toEqual(transactions.map(({ externalId }) => externalId))
    expect(pages.map(({ body }) => body.total)).toEqual([205, 205, 205])
  })

  it('takes the same number of queries for any number of transactions', async () => {
    const { ids: merchantIds } = await createMerchantAtNetwork(product.payload)
    const db = await readDb(product)
    const queriesFor = async (count: number): Promise<number> => {
      const transactions = Array.from({ length: count }, (_, n) => ({
        externalId: `of${count}-${n}`,
      }))
      await ingestTransactions(product, merchantIds, transactions)
      let queries = 0
      const counting = (query: Parameters<typeof db.execute>[0]) => {
        queries += 1
        return db.execute(query)
      }
      await listUnattributed({ execute: counting } as typeof db, { limit: 100, offset: 0 })
      return queries
    }
    expect([await queriesFor(1), await queriesFor(40)]).toEqual([4, 4])
  })

  it('is for staff only', async () => {
    const member = await signIn(product.payload, await createUser(product.payload))
    expect((await list('', member)).status).toBe(403)
    expect((await product.rest('GET', '/api/network-transactions/unattributed')).status).toBe(401)
    expect((await list('?limit=0')).status).toBe(400)
    expect((await list('?page=x')).status).toBe(400)
  })
})
