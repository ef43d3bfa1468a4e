import type { TransactionStatus } from '../../../../src/domain/cashback/transaction.ts'
import {
  createUser,
  createMachine,
  readBalance,
  signIn,
} from '../../../../test/support/factories.ts'
import { ingestOrders } from '../../../../test/support/ingestOrders.ts'
import { useClickOut } from '../../../../test/support/useClickOut.ts'

const { followLink, followLinkAsMember, product, readClicks, setup, updateMerchant } = useClickOut()

const post = (body: object, authorization?: string) =>
  product().rest<{ clickId: string; url: string; errors?: object[] }>('POST', '/api/clicks', {
    authorization,
    body,
  })

describe('POST /api/clicks', () => {
  it('stores a click of the member and returns the network’s link', async () => {
    const { authorization, member, merchant } = setup()
    const url = 'https://shop.example/a'
    const { body, status } = await post({ merchant: merchant.slug, url }, authorization)
    expect(status).toBe(201)
    expect(new URL(body.url).searchParams.get('p1')).toBe(body.clickId)
    expect(new URL(body.url).searchParams.get('url')).toBe(url)
    expect(await readClicks()).toMatchObject([{ clickId: body.clickId, member, url: body.url }])
  })

  it('refuses guests, machines, and fields that are ours to set', async () => {
    const { payload } = product()
    const merchant = setup().merchant.slug
    const machine = await createMachine(payload, ['payments:write'])
    const admin = await signIn(payload, await createUser(payload, { role: 'admin' }))
    expect((await post({ merchant })).status).toBe(401)
    expect((await post({ merchant }, machine)).status).toBe(401)
    expect((await product().rest('POST', '/api/clicks/token')).status).toBe(401)
    expect(await post({ clickId: 'mine', merchant, rateBps: 9_999 }, admin)).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'request.unknown-field', field: 'clickId' }] },
    })
    expect(await readClicks()).toEqual([])
  })

  it.each([
    [{}, 400, { code: 'request.malformed-body', field: 'merchant' }],
    [{ merchant: 7 }, 400, { code: 'request.malformed-body', field: 'merchant' }],
    [{ url: ['https://shop.example/'] }, 400, { code: 'request.malformed-body', field: 'url' }],
    [{ merchant: 'nowhere' }, 404, { code: 'click.no-merchant', field: 'merchant' }],
    [{ offer: 'x' }, 404, { code: 'click.no-offer', field: 'offer' }],
    [{ url: 'https://evil.test/' }, 400, { code: 'click.not-allowed', field: 'url' }],
  ])('refuses %j and names the field', async (over, status, error) => {
    const base = Object.keys(over).some((key) => key !== 'merchant')
      ? { merchant: setup().merchant.slug }
      : {}
    const answer = await post({ ...base, ...over }, setup().authorization)
    expect(answer).toMatchObject({ status, body: { errors: [error] } })
    expect(await readClicks()).toEqual([])
  })
})

describe('a click', () => {
  type Listed = { docs: Record<string, unknown>[] }

  it('is visible to its member only, without the fields for staff, over REST and GraphQL', async () => {
    const { payload, rest, graphql } = product()
    await followLinkAsMember()
    await followLink()
    const other = await signIn(payload, await createUser(payload))
    const [stored] = await readClicks()
    const list = async (authorization?: string) => {
      const path = `/api/clicks?where[clickId][equals]=${stored?.clickId ?? ''}`
      return (await rest<Listed>('GET', path, { authorization })).body.docs
    }
    const query = `{ Clicks(where: { clickId: { equals: "${stored?.clickId ?? ''}" } }) { docs { clickId url } } }`
    const [mine = {}] = await list(setup().authorization)
    expect(mine).toMatchObject({ clickId: stored?.clickId, rateBps: 7000 })
    for (const hidden of ['url', 'network', 'isBot', 'userAgent']) {
      expect(mine).not.toHaveProperty(hidden)
    }
    expect((await graphql(query, setup().authorization)).body.data).toMatchObject({
      Clicks: { docs: [{ clickId: stored?.clickId, url: null }] },
    })
    expect((await list(other)).length).toBe(0)
    expect((await graphql(query, other)).body.data).toMatchObject({ Clicks: { docs: [] } })
    expect((await rest('GET', '/api/clicks')).status).toBe(403)
    expect((await graphql(query)).body.data?.Clicks ?? null).toBeNull()
    // A guest's click is visible to no member.
    const all = await rest<Listed>('GET', '/api/clicks?limit=50', { authorization: other })
    expect(all.body.docs).toEqual([])
  })
})

describe('a transaction', () => {
  /** The order is of 2 January 2026, so the click is moved before it. */
  const sell = async (click: string, status: TransactionStatus) => {
    await product().sql(
      `update clicks set created_at = '2026-01-01T10:00:00Z' where click_id = '${click}'`,
    )
    return ingestOrders(product(), {
      clicks: new Map([['c', click]]),
      day: 1,
      network: setup().network.id,
      orders: [
        {
          order: `o-${click}`,
          click: 'c',
          timeline: [{ day: 1, status, saleMinor: 200_000, commissionMinor: 10_000 }],
        },
      ],
    })
  }

  it('earns the rate of its click after the merchant’s rate has changed', async () => {
    const { payload } = product()
    const user = await createUser(payload)
    await updateMerchant({ rateBasis: 'commission', rateBps: 8_000 })
    const authorization = await signIn(payload, user)
    const { body } = await post({ merchant: setup().merchant.slug }, authorization)
    await updateMerchant({ rateBps: 1_000 })
    await payload.updateGlobal({ slug: 'cashback-config', data: { rateBps: 500 } })
    await sell(body.clickId, 'approved')
    await payload.updateGlobal({ slug: 'cashback-config', data: { rateBps: 7_000 } })
    expect(await readBalance(payload, user.id)).toBe(8_000)
  })

  it('earns an offer’s category rate in the merchant’s basis', async () => {
    const { payload } = product()
    const user = await createUser(payload)
    const categories = [{ name: 'Shoes', rateBps: 300 }]
    await updateMerchant({ rateBasis: 'sale', rateBps: 100, categories })
    const offer = await payload.create({
      collection: 'offers',
      data: { title: 'Shoes', merchant: setup().merchant.id, category: 'Shoes' },
    })
    const query = `?offer=${offer.id}`
    await followLink({ query, headers: { authorization: await signIn(payload, user) } })
    const [stored] = await readClicks()
    await updateMerchant({ categories: [{ name: 'Shoes', rateBps: 1 }] })
    await sell(stored?.clickId ?? '', 'approved')
    expect(await readBalance(payload, user.id)).toBe(6_000)
  })

  it('of a robot’s click stays unattributed, even if the click names a member', async () => {
    await followLinkAsMember({ method: 'HEAD' })
    const [stored] = await readClicks()
    const { member } = setup()
    await product().sql(`update clicks set member_id = '${member}' where is_bot`)
    await sell(stored?.clickId ?? '', 'approved')
    const transactions = await product().sql(`select member_id from network_transactions
      where external_id = 'o-${stored?.clickId ?? ''}'`)
    expect(transactions).toEqual([{ member_id: null }])
    expect(await readBalance(product().payload, member)).toBe(0)
  })
})
