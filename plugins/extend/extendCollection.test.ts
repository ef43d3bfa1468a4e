import { inspect } from 'node:util'

import type { CollectionConfig, Endpoint } from 'payload'

import { extendCollection } from './extendCollection.ts'

const first = () => undefined
const second = () => undefined
const buildEndpoint = (path: string): Endpoint => ({
  path,
  method: 'get',
  handler: () => new Response(),
})

const payments: CollectionConfig = {
  slug: 'payments',
  admin: { group: 'Referrals' },
  fields: [{ name: 'reference', type: 'text' }],
  hooks: { afterChange: [first], beforeChange: [first] },
  endpoints: [buildEndpoint('/old')],
}
const plain: CollectionConfig = { slug: 'plain', fields: [] }

const extended = (
  slug: string,
  extension: Parameters<typeof extendCollection>[2],
  collections = [payments, plain],
) => extendCollection(collections, slug, extension).find((collection) => collection.slug === slug)

describe('extendCollection', () => {
  it('adds fields, hooks and endpoints after the existing ones', () => {
    const collection = extended('payments', {
      fields: [{ name: 'note', type: 'text' }],
      hooks: { afterChange: [second] },
      endpoints: [buildEndpoint('/new')],
    })

    expect(collection?.fields.map((field) => 'name' in field && field.name)).toEqual([
      'reference',
      'note',
    ])
    expect(collection?.hooks).toEqual({ afterChange: [first, second], beforeChange: [first] })
    expect(collection?.endpoints).toMatchObject([{ path: '/old' }, { path: '/new' }])
    expect(collection?.admin).toEqual({ group: 'Referrals' })
  })

  it('puts the first fields before the existing ones', () => {
    const collection = extended('payments', { firstFields: [{ name: 'first', type: 'text' }] })
    expect(collection?.fields).toMatchObject([{ name: 'first' }, { name: 'reference' }])
  })

  it('adds fields, hooks and endpoints to a collection without any', () => {
    const collection = extended('plain', {
      fields: [{ name: 'note', type: 'text' }],
      hooks: { afterChange: [second] },
      endpoints: [buildEndpoint('/new')],
    })
    expect(collection).toMatchObject({
      fields: [{ name: 'note' }],
      hooks: { afterChange: [second] },
      endpoints: [{ path: '/new' }],
    })
  })

  it('keeps the first extension when extended twice', () => {
    const once = extendCollection([payments], 'payments', { hooks: { afterChange: [second] } })
    const [twice] = extendCollection(once, 'payments', { hooks: { afterRead: [second] } })
    expect(twice?.hooks).toMatchObject({ afterChange: [first, second], afterRead: [second] })
  })

  it('adds tabs beside the existing ones, and leaves the admin unchanged without tabs', () => {
    const tab = (path: `/${string}`) => ({ Component: `/x#${path.slice(1)}`, path })
    const once = extendCollection([payments], 'payments', { views: { why: tab('/why') } })
    const [twice] = extendCollection(once, 'payments', { views: { who: tab('/who') } })
    expect(twice?.admin).toEqual({
      group: 'Referrals',
      components: { views: { edit: { why: tab('/why'), who: tab('/who') } } },
    })
    expect(extended('plain', { fields: [] })).not.toHaveProperty('admin')
  })

  it('adds controls after the existing ones, and keeps the tabs', () => {
    const tabs = { why: { Component: '/x#Why', path: '/why' } } as const
    const once = extendCollection([payments], 'payments', { controls: ['/x#A'], views: tabs })
    const [twice] = extendCollection(once, 'payments', { controls: ['/x#B'] })
    expect(twice?.admin?.components).toEqual({
      views: { edit: tabs },
      edit: { beforeDocumentControls: ['/x#A', '/x#B'] },
    })
  })

  it('keeps the other collections and the order', () => {
    const collections = extendCollection([plain, payments], 'payments', { fields: [] })
    expect(collections.map(({ slug }) => slug)).toEqual(['plain', 'payments'])
    expect(collections[0]).toBe(plain)
  })

  it('does not change the given collections', () => {
    const given = [payments, plain]
    const before = inspect(given, { depth: Infinity })
    extendCollection(given, 'payments', {
      fields: [{ name: 'note', type: 'text' }],
      hooks: { afterChange: [second], afterRead: [second] },
      endpoints: [buildEndpoint('/new')],
      views: { why: { Component: '/x#Why', path: '/why' } },
      controls: ['/x#A'],
    })
    expect(inspect(given, { depth: Infinity })).toBe(before)
  })

  it('keeps a REST API switched off', () => {
    const closed: CollectionConfig = { ...plain, endpoints: false }
    const collection = extended('plain', { fields: [{ name: 'note', type: 'text' }] }, [closed])
    expect(collection?.endpoints).toBe(false)
  })

  it.each([
    ['no collections', undefined],
    ['other collections only', [plain]],
  ])('throws with the slug of a missing collection, with %s', (_name, collections) => {
    expect(() => extendCollection(collections, 'payments', {})).toThrow('"payments"')
  })
})
