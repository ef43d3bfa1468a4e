import { createLocalReq, type DocumentViewServerProps } from 'payload'
import { renderToStaticMarkup } from 'react-dom/server'

import type { User } from '../../../src/payload-types.ts'
import { createReferral, createUser, signIn } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { AuditLog } from './AuditLog.tsx'

let product: Product
let admin: User
let authorization: string
beforeAll(async () => {
  product = await startProduct()
  admin = await createUser(product.payload, { role: 'admin' })
  authorization = await signIn(product.payload, admin)
})
afterAll(() => product.close())

/** Renders the tab for a person. */
const tabOf = async (
  person: User | null,
  entity: { doc?: object; id?: string; slug: 'users' } | { slug: 'affiliation-config' },
) => {
  const user = person && { ...person, collection: 'users' as const }
  const req = await createLocalReq(user ? { user } : {}, product.payload)
  const { collections, globals } = product.payload
  const initPageResult =
    entity.slug === 'users'
      ? { req, docID: entity.id, collectionConfig: collections.users.config }
      : { req, globalConfig: globals.config.find(({ slug }) => slug === entity.slug) }
  const props = { doc: {}, initPageResult } as unknown as DocumentViewServerProps
  return renderToStaticMarkup(await AuditLog(props))
}
const patch = (path: string, body: object) =>
  product.rest('PATCH', path, {
    authorization,
    body,
    headers: { 'x-audit-reason': 'as requested' },
  })

describe('the audit tab', () => {
  it('shows who changed what, with old and new value, time and reason, newest first', async () => {
    const { id } = await createUser(product.payload, { name: 'Old' })
    await patch(`/api/users/${id}`, { name: 'Middle' })
    await patch(`/api/users/${id}`, { name: 'New' })
    const html = await tabOf(admin, { slug: 'users', id })
    expect(html).toContain('When (IST)')
    expect(html).toContain(admin.email)
    expect(html).toContain('as requested')
    expect(html.indexOf('New')).toBeLessThan(html.indexOf('Old'))
    expect(html.replaceAll(/<[^>]+>/g, '')).toContain('NameMiddle → New')
    expect(html).toMatch(/t-pill[^>]*>Update</)
  })

  it('shows users by name', async () => {
    const { affiliate, buyer } = await createReferral(product.payload, { name: 'Asha Rao' })
    const body = { referrer: null, reason: 'not by a friend' }
    await product.rest('POST', `/api/users/${buyer.id}/referrer`, { authorization, body })
    const html = await tabOf(admin, { slug: 'users', id: buyer.id })
    expect(html).toContain('Asha Rao')
    expect(html).not.toContain(affiliate.id)
  })

  it('shows the changes of a global', async () => {
    const body = { rateBps: 1_250 }
    await product.rest('POST', '/api/globals/affiliation-config', { authorization, body })
    const html = await tabOf(admin, { slug: 'affiliation-config' })
    expect(html.replaceAll(/<[^>]+>/g, '')).toContain('Commission10.00 % → 12.50 %')
  })

  it('shows an empty state without changes, and ignores sign-ins', async () => {
    const member = await createUser(product.payload)
    await signIn(product.payload, member)
    expect(await tabOf(admin, { slug: 'users', id: member.id })).toContain(
      'Nothing was changed by the staff yet.',
    )
  })

  it.each([
    ['admin', true],
    ['finance', true],
    ['support', false],
    ['member', false],
    [null, false],
  ] as const)('is shown to %s: %s', async (role, isShown) => {
    const { id } = await createUser(product.payload)
    await patch(`/api/users/${id}`, { name: 'Changed By Admin' })
    const person = role && (await createUser(product.payload, { role }))
    const html = await tabOf(person, { slug: 'users', id })
    expect(html.includes('Changed By Admin')).toBe(isShown)
    expect(html.includes('Ask an admin')).toBe(!isShown)
  })
})
