import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { startEdge } from '../../../test/support/startEdge.ts'
import { inviteRoute } from './inviteRoute.ts'

let product: Product
let edge: Awaited<ReturnType<typeof startEdge>>
beforeAll(async () => {
  product = await startProduct()
  edge = await startEdge(
    inviteRoute({
      isSecure: true,
      payload: product.payload,
      signupUrl: 'https://shop.test/join?from=link',
    }),
  )
})
afterAll(async () => {
  await edge.close()
  await product.close()
})

const openLink = (code: string) => fetch(`${edge.url}/r/${code}`, { redirect: 'manual' })

it('an invite link redirects to the sign-up page with the code, and a cookie keeps it for the set days', async () => {
  await product.payload.updateGlobal({ slug: 'affiliation-config', data: { cookieDays: 30 } })
  const response = await openLink('ab-c123')
  expect(response.status).toBe(302)
  expect(response.headers.get('location')).toBe('https://shop.test/join?from=link&ref=ABC123')
  const cookie = response.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/=ABC123; Max-Age=2592000; /)
  expect(cookie).toMatch(/HttpOnly; Secure; SameSite=Lax/)
})

it('an invite link sets no cookie when the settings keep it for 0 days', async () => {
  await product.payload.updateGlobal({ slug: 'affiliation-config', data: { cookieDays: 0 } })
  const response = await openLink('ABC123')
  expect(response.status).toBe(302)
  expect(response.headers.get('set-cookie')).toBeNull()
})
