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
  it('audits any collection without further code', async () => {
    const result = await audit()(config({ collections: [collection('brand-new')] }))
    const hooks = hooksOf(result, 'brand-new')
    expect(hooks?.afterChange).toHaveLength(1)
    expect(hooks?.beforeDelete).toHaveLength(1)
    expect(hooks?.afterDelete).toHaveLength(1)
    expect(hooks?.afterLogin).toBeUndefined()
  })

  it('audits any global without further code, and adds a tab', async () => {
    const result = await audit()(config({ globals: [{ slug: 'new-config', fields: [] }] }))
    const [global] = result.globals ?? []
    expect(global?.hooks?.afterChange).toHaveLength(1)
    expect(global?.hooks?.beforeOperation).toHaveLength(1)
    expect(global?.admin?.components?.views?.edit).toHaveProperty('audit')
  })

  it('records the sign-ins to any collection with authentication', async () => {
    const result = await audit()(config({ collections: [collection('partners', { auth: true })] }))
    expect(hooksOf(result, 'partners')?.afterLogin).toHaveLength(1)
    expect(hooksOf(result, 'partners')?.afterLogout).toHaveLength(1)
  })

  it.each(['audit-logs', 'idempotency-keys', 'job-runs', 'payload-preferences', 'payload-kv'])(
    'adds no hooks to %s',
    async (slug) => {
      const result = await audit()(config({ collections: [collection(slug)] }))
      expect(hooksOf(result, slug)).toBeUndefined()
    },
  )

  it('keeps the existing hooks, and does not change the given config', async () => {
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
