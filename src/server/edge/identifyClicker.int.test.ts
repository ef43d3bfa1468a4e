import { randomUUID } from 'node:crypto'

import { makeClickToken } from '../../cashback/clicks/clickToken.ts'
import { aShop } from '../../../test/support/aShop.ts'
import { aUser, PASSWORD, signIn } from '../../../test/support/factories.ts'
import { startEdge } from '../../../test/support/startEdge.ts'
import { MEMBERS_PAGES, useClickOut } from '../../../test/support/useClickOut.ts'
import { clickOutRoute } from './clickOutRoute.ts'

const { asMember, clicks, go, product, shop } = useClickOut()

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
        authorization: shop().authorization,
      })
    ).body.token

  it('is the member of the browser’s session, also from a mail, but not for a request that a page makes by itself', async () => {
    const user = await aUser(product().payload)
    const cookie = await cookieOf(user.email)
    const from = { 'sec-fetch-site': 'cross-site' }
    await go({ headers: { cookie } })
    await go({ headers: { cookie, ...from, 'sec-fetch-mode': 'navigate' } })
    await go({ headers: { cookie, origin: 'http://localhost:3000' } })
    await go({ headers: { cookie, origin: 'https://evil.test' } })
    await go({ headers: { cookie, ...from, 'sec-fetch-mode': 'no-cors' } })
    expect((await clicks()).map((row) => row.member)).toEqual([
      user.id,
      user.id,
      user.id,
      null,
      null,
    ])
  })

  it('is a guest once the session has ended, and is refused with its JWT', async () => {
    const user = await aUser(product().payload)
    const jwt = await signIn(product().payload, user)
    const cookie = `payload-token=${jwt.slice(4)}`
    expect((await go({ headers: { cookie } })).status).toBe(302)
    await product().rest('POST', '/api/users/logout', { authorization: jwt })
    expect((await go({ headers: { cookie } })).status).toBe(302)
    expect((await clicks()).map((row) => row.member)).toEqual([user.id, null])
    expect(await go({ headers: { authorization: jwt } })).toMatchObject({
      status: 401,
      problem: { code: 'auth.required' },
    })
  })

  it('is the member of a token, for any merchant', async () => {
    const { merchant: other } = await aShop(product().payload)
    const query = `?token=${await tokenOf()}`
    await go({ query })
    await go({ query, slug: other.slug })
    expect(await clicks()).toMatchObject([{ member: shop().member }])
    expect(await clicks(other.slug)).toMatchObject([{ member: shop().member }])
  })

  it('is refused with a token that is forged, foreign, expired, or of a deleted member', async () => {
    const { secret } = product().payload
    const made = (over: object) =>
      makeClickToken({ member: shop().member, secret, now: new Date(), ...over }).token
    const bad = {
      forged: (await tokenOf()).replace(/.$/, (last) => (last === 'A' ? 'E' : 'A')),
      foreign: made({ secret: 'of another site' }),
      over: made({ now: new Date(Date.now() - 600_001) }),
      jwt: shop().authorization.slice(4),
      empty: '',
    }
    for (const token of Object.values(bad)) {
      expect(await go({ query: `?token=${token}` })).toMatchObject({
        status: 401,
        location: '',
        problem: { code: 'click.token-refused', field: 'token' },
      })
    }
    const gone = made({ member: randomUUID() })
    expect((await go({ query: `?token=${gone}` })).status).toBe(401)
    // Even a member's own session does not make good a token that is not.
    expect((await asMember({ query: `?token=${bad.over}` })).status).toBe(401)
    expect(await clicks()).toEqual([])
  })

  it('may be a guest, who earns nothing, if the config allows guests', async () => {
    expect((await go()).status).toBe(302)
    expect(await clicks()).toMatchObject([{ member: null, isBot: false }])
    await guests(false)
    const refused = await go()
    const page = await go({ headers: { accept: 'text/html,*/*' } })
    const signedIn = await asMember()
    await guests(true)
    expect(refused).toMatchObject({ status: 401, problem: { code: 'auth.required' } })
    expect(page).toMatchObject({
      status: 302,
      location: `${MEMBERS_PAGES}?out=${shop().merchant.slug}`,
    })
    expect(signedIn.status).toBe(302)
    expect(await clicks()).toHaveLength(2)
  })

  it('is limited by member and by address', async () => {
    const { payload } = product()
    const tight = await startEdge(
      clickOutRoute({ payload, frontendUrl: undefined, rateLimitFactor: 0.05 }),
    )
    const url = `${tight.url}/out/${shop().merchant.slug}`
    const ask = async (headers: Record<string, string>) => {
      const answer = await fetch(url, { redirect: 'manual', headers })
      return [answer.status, answer.headers.get('retry-after') !== null]
    }
    const guest = []
    for (let turn = 0; turn < 4; turn += 1) guest.push(await ask({}))
    expect(guest).toEqual([
      [302, false],
      [302, false],
      [302, false],
      [429, true],
    ])
    expect(await ask({ authorization: shop().authorization })).toEqual([302, false])
    await tight.close()
  })
})
