import type { CollectionConfig, Config } from 'payload'

import { audit } from './index.ts'

const collection = (slug: string, over: Partial<CollectionConfig> = {}): CollectionConfig => ({
  slug,
  fields: [],
  ...over,
})
const config = (over: Partial<Config>): Config =>
  ({ secret: '', collections: [], ...over }) as unknown as Config
const hooksOf = (result: Config, slug: string) =>
  result.collections?.find((one) => one.slug === slug)?.hooks

describe('the audit plugin', () => {
  it('watches a collection it has never heard of', async () => {
    const result = await audit()(config({ collections: [collection('brand-new')] }))
    const hooks = hooksOf(result, 'brand-new')
    expect(hooks?.afterChange).toHaveLength(1)
    expect(hooks?.beforeDelete).toHaveLength(1)
    expect(hooks?.afterDelete).toHaveLength(1)
    expect(hooks?.afterLogin).toBeUndefined()
  })

  it('watches a global it has never heard of, and gives it a tab', async () => {
    const result = await audit()(config({ globals: [{ slug: 'new-config', fields: [] }] }))
    const [global] = result.globals ?? []
    expect(global?.hooks?.afterChange).toHaveLength(1)
    expect(global?.hooks?.beforeOperation).toHaveLength(1)
    expect(global?.admin?.components?.views?.edit).toHaveProperty('audit')
  })

  it('watches who signs in to any collection that people sign in to', async () => {
    const result = await audit()(config({ collections: [collection('partners', { auth: true })] }))
    expect(hooksOf(result, 'partners')?.afterLogin).toHaveLength(1)
    expect(hooksOf(result, 'partners')?.afterLogout).toHaveLength(1)
  })

  it.each(['audit-logs', 'idempotency-keys', 'job-runs', 'payload-preferences', 'payload-kv'])(
    'leaves %s alone',
    async (slug) => {
      const result = await audit()(config({ collections: [collection(slug)] }))
      expect(hooksOf(result, slug)).toBeUndefined()
    },
  )

  it('adds to what is there, and changes nothing it was given', async () => {
    const given = config({
      collections: [collection('users', { auth: true, hooks: { afterChange: [() => undefined] } })],
      hooks: { afterError: [() => undefined] },
    })
    const before = JSON.stringify(given)
    const result = await audit()(given)
    expect(hooksOf(result, 'users')?.afterChange).toHaveLength(2)
    expect(result.hooks?.afterError).toHaveLength(2)
    expect(JSON.stringify(given)).toBe(before)
    expect(given.collections?.[0]?.hooks?.afterChange).toHaveLength(1)
  })
})
