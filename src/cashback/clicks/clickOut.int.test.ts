import { randomUUID } from 'node:crypto'

import { createMerchantAtNetwork } from '../../../test/support/cashbackFactories.ts'
import { useClickOut } from '../../../test/support/useClickOut.ts'

const NETWORK = /^https:\/\/track\.example\.test\/go\?a=1&p1=([0-9a-z]{27})/

const { followLinkAsMember, product, readClicks, setup, updateMerchant } = useClickOut()

describe('a click with a page', () => {
  const page = (url: string) => `?url=${encodeURIComponent(url)}`

  it('sends the page to the network as the landing page', async () => {
    const { location } = await followLinkAsMember({
      query: page('https://www.shop.example/a?b=c&d=ü'),
    })
    expect(new URL(location).searchParams.get('url')).toBe(
      'https://www.shop.example/a?b=c&d=%C3%BC',
    )
  })

  it('is accepted from the moment its host is listed until it is removed', async () => {
    const query = page('https://new.shop.example/')
    const list = (deepLinkHosts: string[]) => updateMerchant({ deepLinkHosts })
    expect((await followLinkAsMember({ query })).status).toBe(400)
    await list(['new.shop.example'])
    expect((await followLinkAsMember({ query })).status).toBe(302)
    await list(['www.shop.example'])
    expect((await followLinkAsMember({ query })).status).toBe(400)
  })

  it.each([
    'http://www.shop.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    'https:www.shop.example.evil.test',
    '//evil.test/',
    '/\\evil.test/',
    'https:\\\\evil.test',
    'https://www.shop.example.evil.test/',
    'https://evilwww.shop.example/',
    'https://sub.shop.example/',
    'https://shop.example./',
    'https://www.shop.example@evil.test/',
    'https://evil.test#@www.shop.example/',
    'https://me:secret@www.shop.example/',
    'https://www.shop.example:444/',
    'https://www.shop.example\\.evil.test/',
    'https://www.shop.example/\r\nLocation: https://evil.test/',
    'https://www.shop.example/\u2028x\u0085y',
    'https://www.shop.example\t.evil.test/',
    'https://www.ѕhop.example/',
    'https://127.0.0.1/',
    '',
  ])('with the page %j on another host is refused and stores no click', async (url) => {
    expect(await followLinkAsMember({ query: page(url) })).toMatchObject({
      status: 400,
      location: '',
      problem: { code: 'click.not-allowed', field: 'url' },
    })
    expect(await readClicks()).toEqual([])
  })

  it('is refused if the page is too long for a link', async () => {
    const query = page(`https://www.shop.example/${'x'.repeat(2_001)}`)
    expect((await followLinkAsMember({ query })).problem?.code).toBe('click.not-allowed')
  })

  it('is refused if it names two pages', async () => {
    const query = `${page('https://www.shop.example/')}&url=https://evil.test/`
    expect((await followLinkAsMember({ query })).problem?.code).toBe('click.not-allowed')
  })

  it('never adds a header, in any encoding of a line break', async () => {
    for (const broken of ['%0d%0a', '%250d%250a', '%E5%98%8A%E5%98%8D', '%0a', '%0d']) {
      const query = `?url=https://www.shop.example/${broken}Set-Cookie:a=b`
      const { headers, location } = await followLinkAsMember({ query })
      expect(headers['set-cookie']).toBeUndefined()
      expect(location === '' || NETWORK.test(location)).toBe(true)
    }
  })
})

describe('a click with an offer', () => {
  const createOffer = (over: object = {}) =>
    product().payload.create({
      collection: 'offers',
      data: { title: 'Diwali', merchant: setup().merchant.id, ...over },
      depth: 0,
    })
  const none = { status: 404, location: '', problem: { code: 'click.no-offer', field: 'offer' } }
  const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString()

  it('leads to the offer’s page, unless it names another page', async () => {
    const { id } = await createOffer({ url: 'https://shop.example/diwali' })
    const first = await followLinkAsMember({ query: `?offer=${id}` })
    const second = await followLinkAsMember({ query: `?offer=${id}&url=https://shop.example/b` })
    const landing = [first, second].map((a) => new URL(a.location).searchParams.get('url'))
    expect(landing).toEqual(['https://shop.example/diwali', 'https://shop.example/b'])
    expect((await readClicks()).map(({ offer }) => offer)).toEqual([id, id])
  })

  it('is refused if the offer is another merchant’s, switched off, over or not yet begun', async () => {
    const { merchant: other } = await createMerchantAtNetwork(product().payload)
    const offers = [
      await createOffer({ merchant: other.id }),
      await createOffer({ isActive: false }),
      await createOffer({ endsAt: days(-1) }),
      await createOffer({ startsAt: days(1) }),
      { id: randomUUID() },
      { id: 'diwali' },
    ]
    for (const { id } of offers)
      expect(await followLinkAsMember({ query: `?offer=${id}` })).toMatchObject(none)
    const now = await createOffer({ startsAt: days(-1), endsAt: days(1) })
    const query = `?offer=${now.id}`
    expect((await followLinkAsMember({ query })).status).toBe(302)
    await product().sql(`update offers set ends_at = now() where id = '${now.id}'`)
    expect(await followLinkAsMember({ query })).toMatchObject(none)
    expect(await readClicks()).toHaveLength(1)
  })

  it('is refused once the offer’s host is no longer listed', async () => {
    const { id } = await createOffer({ url: 'https://shop.example/diwali' })
    const data = { deepLinkHosts: ['www.shop.example'] }
    await updateMerchant(data)
    expect((await followLinkAsMember({ query: `?offer=${id}` })).problem?.code).toBe(
      'click.not-allowed',
    )
  })

  it('promises the rate of the offer’s category, else the merchant’s, else the config’s', async () => {
    const data = {
      rateBasis: 'sale' as const,
      rateBps: 300,
      categories: [{ name: 'Shoes', rateBps: 450 }],
    }
    const { id } = await createOffer()
    await followLinkAsMember({ query: `?offer=${id}` })
    await updateMerchant(data)
    await followLinkAsMember({ query: `?offer=${id}` })
    const shoes = await createOffer({ category: 'Shoes' })
    await followLinkAsMember({ query: `?offer=${shoes.id}` })
    expect(await readClicks()).toMatchObject([
      { bps: 7000, basis: 'commission' },
      { bps: 300, basis: 'sale' },
      { bps: 450, basis: 'sale' },
    ])
  })
})
