import { listOrphans, type OrphanList } from './listOrphans.ts'
import { readerOf } from '../ledger/readerOf.ts'
import { aClick, anOrphan, aSeller, hoursAgo, type Shop, tellSales } from '../testing/anOrphan.ts'
import { aUser, signIn } from '../testing/factories.ts'
import { type Product, startProduct } from '../testing/startProduct.ts'

let product: Product
let support: string
beforeAll(async () => {
  product = await startProduct()
  support = await signIn(product.payload, await aUser(product.payload, { role: 'support' }))
})
afterAll(() => product.close())
// Nothing that another test left is an orphan any more.
beforeEach(() => product.sql(`update network_transactions set status = 'declined'`))

const list = async (query = '', authorization: string | undefined = support) =>
  product.rest<OrphanList>('GET', `/api/network-transactions/orphans${query}`, { authorization })

const aClaim = (shop: Shop, member: string, over: { order?: string; amount?: number } = {}) =>
  product.sql(`insert into cashback_claims (id, member_id, merchant_id, order_number, order_key,
      ordered_at, sale_minor, currency, status)
    values (time_ordered_uuid(), '${member}', '${shop.merchant}', '${over.order ?? 'X'}',
      '${over.order ?? 'X'}', '${hoursAgo(2)}', ${over.amount ?? 1}, 'INR', 'open')`)

describe('sales without a member', () => {
  it('come with whom they may belong to, the best match first', async () => {
    const [shop, other] = [await aSeller(product), await aSeller(product)]
    const [asha, ravi] = await Promise.all(
      ['Asha', 'Ravi'].map((name) => aUser(product.payload, { name })),
    )
    if (!asha || !ravi) throw new Error('no members')
    const weak = await anOrphan(product, other, { eventAt: hoursAgo(1) })
    const strong = await anOrphan(product, shop, { orderId: 'OD-77', saleMinor: 50_000 })
    const click = await aClick(product, { ...shop, member: asha.id, at: hoursAgo(2.5) })
    await aClick(product, { ...shop, member: ravi.id, at: hoursAgo(20) })
    await aClick(product, { ...other, member: ravi.id, at: hoursAgo(60) })
    await aClaim(shop, asha.id, { order: 'OD77', amount: 50_000 })

    const { body, status } = await list()
    expect(status).toBe(200)
    expect(body).toMatchObject({
      total: 2,
      strong: 1,
      sums: [{ currency: 'INR', amountMinor: 299_900 }],
    })
    expect(body.rows.map(({ sale }) => sale.id)).toEqual([strong, weak])
    expect(body.rows[0]).toMatchObject({
      sale: { merchantName: 'Corner & Co', merchant: shop.merchant, cashbackMinor: 8_747 },
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

  it('are not those declined, returned, a member’s, or a guest’s that nobody claims', async () => {
    const shop = await aSeller(product)
    const member = (await aUser(product.payload)).id
    const guest = await aClick(product, { ...shop, member: null, at: hoursAgo(3) })
    const own = await aClick(product, { ...shop, member, at: hoursAgo(3) })
    await tellSales(product, shop, [
      { externalId: 'declined', status: 'declined' },
      { externalId: 'return', returnOf: 'x', commissionMinor: -1 },
      { externalId: 'own', clickId: own.clickId },
      { externalId: 'guest', clickId: guest.clickId, orderId: 'gues t-1s' },
      { externalId: 'orphan' },
    ])
    expect((await list()).body.rows.map(({ sale }) => sale.externalId)).toEqual(['orphan'])
    await aClaim(shop, member, { order: 'GUEST1S' })
    const { body } = await list()
    expect(body.rows.map(({ sale }) => sale.externalId)).toEqual(['guest', 'orphan'])
    expect(body.total).toBe(2)
  })

  it('come with the files of a claim in its order, and with those of no other', async () => {
    const shop = await aSeller(product)
    const [asha, ravi] = [await aUser(product.payload), await aUser(product.payload)]
    await anOrphan(product, shop, { orderId: 'OD-78' })
    await aClaim(shop, asha.id, { order: 'OD78', amount: 249_900 })
    await aClick(product, { ...shop, member: ravi.id, at: hoursAgo(2.5) })
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

  it('never suggest a robot, a later click, another network’s or another shop’s', async () => {
    const [shop, other] = [await aSeller(product), await aSeller(product)]
    const member = (await aUser(product.payload)).id
    await anOrphan(product, shop)
    await aClick(product, { ...shop, member, at: hoursAgo(2.1), isBot: true })
    await aClick(product, { ...shop, member, at: hoursAgo(1.9) })
    await aClick(product, { ...shop, network: other.network, member, at: hoursAgo(2.1) })
    await aClick(product, { ...other, member, at: hoursAgo(2.1) })
    expect((await list()).body.rows[0]?.suggestions).toEqual([])
  })

  it('find the click whose id came back cut, among more nearer ones than are looked at', async () => {
    const shop = await aSeller(product)
    const member = await aUser(product.payload)
    const { clickId } = await aClick(product, { ...shop, member: member.id, at: hoursAgo(40) })
    const crowd = await product.sql<{ id: string }>(`insert into users (id, email, role)
      select time_ordered_uuid(), 'crowd' || i || '@example.test', 'member'
      from generate_series(1, 11) i returning id`)
    for (const { id } of crowd) await aClick(product, { ...shop, member: id, at: hoursAgo(2.2) })
    await anOrphan(product, shop, { clickId: clickId.slice(0, 20).toUpperCase() })
    const { body } = await list()
    expect(body.rows[0]?.suggestions[0]).toMatchObject({ member: member.id })
  })

  it('are paged without gaps, and show who asked for a second person', async () => {
    const shop = await aSeller(product)
    const sales = Array.from({ length: 5 }, (_, n) => ({
      externalId: `s${n}`,
      eventAt: hoursAgo(n + 1),
    }))
    await tellSales(product, shop, sales)
    const pages = await Promise.all([1, 2, 3, 4].map((page) => list(`?limit=2&page=${page}`)))
    expect(pages.map(({ body }) => body.rows.map(({ sale }) => sale.externalId))).toEqual([
      ['s0', 's1'],
      ['s2', 's3'],
      ['s4'],
      [],
    ])
    const [one] = pages[0]?.body.rows ?? []
    const admin = await aUser(product.payload, { role: 'admin', name: 'Meera' })
    await product.rest('POST', `/api/network-transactions/${one?.sale.id ?? ''}/assign`, {
      authorization: await signIn(product.payload, admin),
      body: { member: admin.id },
    })
    const { body } = await list('?limit=1')
    expect(body.rows[0]?.pending).toMatchObject({ member: admin.id, requestedByName: 'Meera' })
  })

  it('follow by age behind those that are ranked, each once', async () => {
    const shop = await aSeller(product)
    const sales = Array.from({ length: 205 }, (_, n) => ({
      externalId: `many${n}`,
      eventAt: hoursAgo(n + 1),
    }))
    await tellSales(product, shop, sales)
    const pages = await Promise.all([1, 2, 3].map((page) => list(`?limit=80&page=${page}`)))
    const told = pages.flatMap(({ body }) => body.rows.map(({ sale }) => sale.externalId))
    expect(told).toEqual(sales.map(({ externalId }) => externalId))
    expect(pages.map(({ body }) => body.total)).toEqual([205, 205, 205])
  })

  it('take the same few statements however many they are', async () => {
    const shop = await aSeller(product)
    const db = await readerOf(product)
    const statementsFor = async (count: number): Promise<number> => {
      const sales = Array.from({ length: count }, (_, n) => ({ externalId: `of${count}-${n}` }))
      await tellSales(product, shop, sales)
      let statements = 0
      const counting = (query: Parameters<typeof db.execute>[0]) => {
        statements += 1
        return db.execute(query)
      }
      await listOrphans({ execute: counting } as typeof db, { limit: 100, offset: 0 })
      return statements
    }
    expect([await statementsFor(1), await statementsFor(40)]).toEqual([4, 4])
  })

  it('are for staff alone', async () => {
    const member = await signIn(product.payload, await aUser(product.payload))
    expect((await list('', member)).status).toBe(403)
    expect((await product.rest('GET', '/api/network-transactions/orphans')).status).toBe(401)
    expect((await list('?limit=0')).status).toBe(400)
    expect((await list('?page=x')).status).toBe(400)
  })
})
