import { createMerchantAtNetwork } from '../../../test/support/cashbackFactories.ts'
import { createUser, signIn } from '../../../test/support/factories.ts'
import { useClickOut } from '../../../test/support/useClickOut.ts'

const NETWORK = /^https:\/\/track\.example\.test\/go\?a=1&p1=([0-9a-z]{27})/

const { followLink, followLinkAsMember, product, readClicks, setup, updateMerchant } = useClickOut()

const byUrl = <Row extends { url: string }>(rows: Row[]) =>
  rows.sort((one, other) => (one.url < other.url ? -1 : 1))

describe('a click', () => {
  it('redirects to the network with its id, uncached, and sends only the origin as referrer', async () => {
    const { headers, location, status } = await followLinkAsMember()
    expect(status).toBe(302)
    const [, clickId] = NETWORK.exec(location) ?? []
    expect(await readClicks()).toEqual([
      expect.objectContaining({
        clickId,
        member: setup().member,
        isBot: false,
        url: location,
        bps: 7000,
      }),
    ])
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['referrer-policy']).toBe('strict-origin')
    expect(headers['set-cookie']).toBeUndefined()
  })

  it('is committed before its redirect is sent, also for 60 at once', async () => {
    const all = await Promise.all(
      Array.from({ length: 60 }, async () => {
        const { location } = await followLinkAsMember()
        const [, clickId = ''] = NETWORK.exec(location) ?? []
        const found = await product().sql(`select 1 from clicks where click_id = '${clickId}'`)
        return found.length
      }),
    )
    expect(all.filter((count) => count === 1)).toHaveLength(60)
    expect(await readClicks()).toHaveLength(60)
  })

  it('keeps its own merchant, member or refusal among many at once', async () => {
    const { payload } = product()
    const [another, closed] = [
      await createMerchantAtNetwork(payload),
      await createMerchantAtNetwork(payload, { isActive: false }),
    ]
    const friend = await createUser(payload)
    const friends = { authorization: await signIn(payload, friend) }
    const slug = another.merchant.slug
    const crowd = await Promise.all(
      Array.from({ length: 30 }, async () => ({
        own: await followLinkAsMember(),
        friends: await followLinkAsMember({ slug, headers: friends }),
        closed: await followLinkAsMember({ slug: closed.merchant.slug }),
        guests: await followLink({ slug }),
      })),
    )
    const went = (who: 'friends' | 'guests' | 'own', member: string | null) =>
      crowd.map((answers) => ({ member, url: answers[who].location }))
    const kept = async (shopSlug: string) =>
      byUrl((await readClicks(shopSlug)).map(({ member, url }) => ({ member, url })))
    expect(await kept(setup().merchant.slug)).toEqual(byUrl(went('own', setup().member)))
    expect(await kept(slug)).toEqual(
      byUrl([...went('friends', friend.id), ...went('guests', null)]),
    )
    expect(await kept(closed.merchant.slug)).toEqual([])
    expect(new Set(crowd.map((answers) => answers.closed.status))).toEqual(new Set([404]))
  })

  it('redirects nowhere while it cannot be stored', async () => {
    await product().sql(`alter table clicks add constraint shut check (false) not valid`)
    const { location, problem, status } = await followLinkAsMember()
    await product().sql(`alter table clicks drop constraint shut`)
    expect({ location, status }).toEqual({ location: '', status: 503 })
    expect(problem).toEqual({ code: 'request.try-again', message: expect.any(String) })
  })

  it.each(['no-such-merchant', 'UPPER', '%00', '%', `a'--`])(
    'is refused for the unknown merchant %j',
    async (slug) => {
      expect(await followLinkAsMember({ slug })).toMatchObject({
        status: 404,
        location: '',
        problem: { code: 'click.no-merchant' },
      })
    },
  )

  it('is refused right after its merchant, its network or its programmes are switched off', async () => {
    const { payload } = product()
    const closed = { status: 404, problem: { code: 'click.no-merchant', field: 'merchant' } }
    const switchNetwork = (isOn: boolean) =>
      payload.update({ collection: 'networks', id: setup().network.id, data: { isOn } })
    expect((await followLinkAsMember()).status).toBe(302)
    await updateMerchant({ isActive: false })
    expect(await followLinkAsMember()).toMatchObject(closed)
    await updateMerchant({ isActive: true })
    expect((await followLinkAsMember()).status).toBe(302)
    await switchNetwork(false)
    expect(await followLinkAsMember()).toMatchObject(closed)
    await switchNetwork(true)
    await updateMerchant({
      programs: [
        { network: setup().network.id, programId: '31', trackingUrl: 'https://other.test/x' },
      ],
    })
    expect((await followLinkAsMember()).location).toMatch(/^https:\/\/other\.test\/x\?p1=/)
    await updateMerchant({ programs: [] })
    expect(await followLinkAsMember()).toMatchObject(closed)
    expect(await readClicks()).toHaveLength(3)
  })
})

describe('a robot', () => {
  it('is stored as a robot’s click, without the member of the session that it uses', async () => {
    const bot = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'
    expect((await followLinkAsMember({ headers: { 'user-agent': bot } })).status).toBe(302)
    expect((await followLinkAsMember({ method: 'HEAD' })).status).toBe(302)
    expect(await readClicks()).toMatchObject([
      { isBot: true, member: null },
      { isBot: true, member: null },
    ])
  })

  it.each(['Sec-Purpose', 'Purpose', 'X-Moz'])(
    'that prefetches (%s) gets no redirect that the member’s own click would reuse',
    async (header) => {
      const headers = { [header]: 'prefetch' }
      expect(await followLinkAsMember({ headers })).toMatchObject({ status: 503, location: '' })
      expect((await followLinkAsMember()).status).toBe(302)
      expect(await readClicks()).toMatchObject([
        { isBot: true, member: null },
        { isBot: false, member: setup().member },
      ])
    },
  )
})
