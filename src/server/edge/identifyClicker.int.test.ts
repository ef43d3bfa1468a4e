import { randomUUID } from 'node:crypto'

import { makeClickToken } from '../../cashback/clicks/clickToken.ts'
import { createMerchantAtNetwork } from '../../../test/support/cashbackFactories.ts'
import { createUser, PASSWORD, signIn } from '../../../test/support/factories.ts'
import { startEdge } from '../../../test/support/startEdge.ts'
import { MEMBER_PAGES, useClickOut } from '../../../test/support/useClickOut.ts'
import { clickOutRoute } from './clickOutRoute.ts'

const { followLink, followLinkAsMember, product, readClicks, setup } = useClickOut()

describe('the clicker', () => {
  const guests = (guestClicks: boolean) =>
    product().payload.updateGlobal({ slug: 'cashback-config', data: { guestClicks } })
  const cookieOf = async (email: string) => {
    const { token } = await product().payload.login({
      collection: 'users',
      data: { email, password: PASSWORD },
    })
    return `other=1; payload-token=${token ?? ''}; more=2`
  }
  const tokenOf = async () =>
    (
      await product().rest<{ token: string }>('POST', '/api/clicks/token', {
        authorization: setup().authorization,
      })
    ).body.token

  it('is the member of the browser’s session, also from a mail, but not for a request that a page makes by itself', async () => {
    const user = await createUser(product().payload)
    const cookie = await cookieOf(user.email)
    const from = { 'sec-fetch-site': 'cross-site' }
    await followLink({ headers: { cookie } })
    await followLink({ headers: { cookie, ...from, 'sec-fetch-mode': 'navigate' } })
    await followLink({ headers: { cookie, origin: 'http://localhost:3000' } })
    await followLink({ headers: { cookie, origin: 'https://evil.test' } })
    await followLink({ headers: { cookie, ...from, 'sec-fetch-mode': 'no-cors' } })
    expect((await readClicks()).map((row) => row.member)).toEqual([
      user.id,
      user.id,
      user.id,
      null,
      null,
    ])
  })

  it('is a guest once the session has ended, and is refused with its JWT', async () => {
    const user = await createUser(product().payload)
    const jwt = await signIn(product().payload, user)
    const cookie = `payload-token=${jwt.slice(4)}`
    expect((await followLink({ headers: { cookie } })).status).toBe(302)
    await product().rest('POST', '/api/users/logout', { authorization: jwt })
    expect((await followLink({ headers: { cookie } })).status).toBe(302)
    expect((await readClicks()).map((row) => row.member)).toEqual([user.id, null])
    expect(await followLink({ headers: { authorization: jwt } })).toMatchObject({
      status: 401,
      problem: { code: 'auth.required' },
    })
  })

  it('is the member of a token, for any merchant', async () => {
    const { merchant: other } = await createMerchantAtNetwork(product().payload)
    const query = `?token=${await tokenOf()}`
    await followLink({ query })
    await followLink({ query, slug: other.slug })
    expect(await readClicks()).toMatchObject([{ member: setup().member }])
    expect(await readClicks(other.slug)).toMatchObject([{ member: setup().member }])
  })

  it('is refused with a token that is forged, foreign, expired, or of a deleted member', async () => {
    const { secret } = product().payload
    const made = (over: object) =>
      makeClickToken({ member: setup().member, secret, now: new Date(), ...over }).token
    const bad = {
      forged: (await tokenOf()).replace(/.$/, (last) => (last === 'A' ? 'E' : 'A')),
      foreign: made({ secret: 'of another site' }),
      over: made({ now: new Date(Date.now() - 600_001) }),
      jwt: setup().authorization.slice(4),
      empty: '',
    }
    for (const token of Object.values(bad)) {
      expect(await followLink({ query: `?token=${token}` })).toMatchObject({
        status: 401,
        location: '',
        problem: { code: 'click.token-refused', field: 'token' },
      })
    }
    const gone = made({ member: randomUUID() })
    expect((await followLink({ query: `?token=${gone}` })).status).toBe(401)
    // A valid session does not make up for an invalid token.
    expect((await followLinkAsMember({ query: `?token=${bad.over}` })).status).toBe(401)
    expect(await readClicks()).toEqual([])
  })

  it('may be a guest, who earns nothing, if the config allows guests', async () => {
    expect((await followLink()).status).toBe(302)
    expect(await readClicks()).toMatchObject([{ member: null, isBot: false }])
    await guests(false)
    const refused = await followLink()
    const page = await followLink({ headers: { accept: 'text/html,*/*' } })
    const signedIn = await followLinkAsMember()
    await guests(true)
    expect(refused).toMatchObject({ status: 401, problem: { code: 'auth.required' } })
    expect(page).toMatchObject({
      status: 302,
      location: `${MEMBER_PAGES}?out=${setup().merchant.slug}`,
    })
    expect(signedIn.status).toBe(302)
    expect(await readClicks()).toHaveLength(2)
  })

  it('is limited by member and by address', async () => {
    const { payload } = product()
    const tight = await startEdge(
      clickOutRoute({ payload, frontendUrl: undefined, rateLimitFactor: 0.05 }),
    )
    const url = `${tight.url}/out/${setup().merchant.slug}`
    const follow = async (headers: Record<string, string>) => {
      const answer = await fetch(url, { redirect: 'manual', headers })
      return [answer.status, answer.headers.get('retry-after') !== null]
    }
    const guest = []
    for (let attempt = 0; attempt < 4; attempt += 1) guest.push(await follow({}))
    expect(guest).toEqual([
      [302, false],
      [302, false],
      [302, false],
      [429, true],
    ])
    expect(await follow({ authorization: setup().authorization })).toEqual([302, false])
    await tight.close()
  })
})
