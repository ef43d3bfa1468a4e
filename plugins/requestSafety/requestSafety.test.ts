import { inspect } from 'node:util'

import type { CollectionConfig, Config } from 'payload'

import { Adjustments } from '../../collections/wallets/Adjustments.ts'
import { Payments } from '../../collections/referrals/Payments.ts'
import { Refunds } from '../../collections/referrals/Refunds.ts'
import { Users } from '../../collections/members/Users.ts'
import { capLists } from '../../hooks/system/capLists.ts'
import { limitShape } from '../../hooks/system/limitShape.ts'
import { requireKnownSender } from '../../hooks/system/requireKnownSender.ts'
import { checkMoneyRequest } from '../../hooks/wallets/checkMoneyRequest.ts'
import { requestSafety } from './index.ts'

const handler = () => new Response()
const other: CollectionConfig = {
  slug: 'other',
  fields: [],
  endpoints: [{ path: '/act', method: 'post', handler }],
}
const withRoute: CollectionConfig = {
  ...Payments,
  endpoints: [
    { path: '/:id/act', method: 'post', handler },
    { path: '/:id/look', method: 'get', handler },
  ],
}
const base = {
  collections: [Users, withRoute, Refunds, Adjustments, other],
  graphQL: { maxComplexity: 300 },
} as unknown as Config

const plugged = async (rateLimitFactor: number | null = null, config = base) =>
  requestSafety({ rateLimitFactor })(config)
const collectionOf = ({ collections }: Config, slug: string) =>
  collections?.find((collection) => collection.slug === slug)
const hooksOf = (config: Config, slug: string) =>
  collectionOf(config, slug)?.hooks?.beforeOperation ?? []

describe('request safety', () => {
  it('limits the documents and lists of every collection before all other hooks', async () => {
    const { collections } = await plugged()
    for (const { hooks } of collections ?? [])
      expect(hooks?.beforeOperation?.slice(0, 3)).toEqual([
        capLists,
        requireKnownSender,
        limitShape,
      ])
  })

  it.each(['payments', 'refunds', 'adjustments'])(
    'checks the requests of %s exactly',
    async (slug) => {
      const config = await plugged()
      expect(hooksOf(config, slug)).toContain(checkMoneyRequest)
      expect(collectionOf(config, slug)?.endpoints).toContainEqual(
        expect.objectContaining({ path: '/', method: 'post' }),
      )
    },
  )

  it('keeps the existing hooks', async () => {
    const config = await plugged()
    for (const hook of Payments.hooks?.beforeOperation ?? []) {
      expect(hooksOf(config, 'payments')).toContain(hook)
    }
  })

  it('honours idempotency keys on every route that moves money, and on no other', async () => {
    const config = await plugged()
    const endpoints = collectionOf(config, 'payments')?.endpoints || []
    const handlerAt = (path: string) => endpoints.find((one) => one.path === path)?.handler
    expect(handlerAt('/:id/act')).not.toBe(handler)
    expect(handlerAt('/:id/look')).toBe(handler)
    expect(collectionOf(config, 'other')?.endpoints).toEqual(other.endpoints)
  })

  it('limits attempts on users, unless the limits are off', async () => {
    const [limited, free] = [await plugged(1), await plugged(null)]
    expect(hooksOf(limited, 'users').length).toBe(hooksOf(free, 'users').length + 1)
  })

  it('keeps the existing GraphQL rules', async () => {
    const rule = () => ({})
    const config = await plugged(null, { ...base, graphQL: { validationRules: () => [rule] } })
    const document = { kind: 'Document', definitions: [] }
    expect(config.graphQL?.validationRules?.({ document } as never)).toEqual([rule])
  })

  it('does not change the given config', async () => {
    const before = inspect(base, { depth: Infinity })
    await plugged(1)
    expect(inspect(base, { depth: Infinity })).toBe(before)
  })

  it('throws with the slug of a missing collection', async () => {
    const config = { ...base, collections: [Users, Payments, Adjustments] }
    await expect(plugged(1, config)).rejects.toThrow('"refunds"')
  })
})
