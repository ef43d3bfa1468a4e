import { createUser, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
let admin: string

beforeAll(async () => {
  product = await startProduct()
  admin = await signIn(product.payload, await createUser(product.payload, { role: 'admin' }))
  const { id } = await createUser(product.payload)
  await product.sql(`
    insert into payments (id, reference, user_id, amount_minor, currency, status, updated_at, created_at)
    select time_ordered_uuid(), 'P' || n, '${id}', n, 'INR', 'pending', now(), now()
    from generate_series(1, 620) n`)
  await product.sql(`
    insert into job_runs (id, job, status, started_at, updated_at, created_at)
    select time_ordered_uuid(), 'capped', 'completed', now(), now(), now()
    from generate_series(1, 620)`)
})
afterAll(() => product.close())

type List = { docs: { user: unknown }[]; totalDocs: number; limit: number; errors?: Entry[] }
type Entry = { code: string; field?: string }
const list = (query: string, slug = 'payments') =>
  product.rest<List>('GET', `/api/${slug}?${query}`, { authorization: admin })
const listed = async (query: string, slug?: string) => (await list(query, slug)).body.docs.length

describe('a list over REST', () => {
  it.each([
    'limit=0',
    'limit=501',
    'limit=999999999',
    'pagination=false',
    'pagination=false&limit=0',
    'pagination=false&limit=9000',
    'limit=0&depth=1',
  ])('holds at most 500 rows: ?%s', async (query) => {
    expect(await listed(query)).toBe(500)
  })

  it('of every collection holds at most 500 rows', async () => {
    expect(await listed('limit=0', 'job-runs')).toBe(500)
    for (const { config } of Object.values(product.payload.collections)) {
      if (config.slug.startsWith('payload-')) continue
      expect([config.slug, config.hooks.beforeOperation[0]?.name]).toEqual([
        config.slug,
        'capLists',
      ])
    }
  })

  it('reports the total number of rows, and has the others on its next page', async () => {
    const { body } = await list('limit=0&page=2&sort=amountMinor')
    expect(body).toMatchObject({ totalDocs: 620, limit: 500, totalPages: 2, hasPrevPage: true })
    expect(body.docs).toHaveLength(120)
  })

  it.each([
    ['', 10],
    ['limit=7', 7],
    ['limit=500', 500],
    ['pagination=false&limit=3', 3],
  ])('has the requested length below the cap: ?%s', async (query, length) => {
    expect(await listed(query)).toBe(length)
  })

  it.each([
    ['limit=many', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=', 'limit'],
    ['page=-1', 'page'],
    ['page=1e300', 'page'],
    ['page=two', 'page'],
  ])('is refused for a value that is not a valid number: ?%s', async (query, field) => {
    expect(await list(query)).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'request.invalid-query', field }] },
    })
  })

  it('fills in at most three levels of related rows for any requested depth', async () => {
    const { body } = await list('limit=1&depth=50')
    const levels = (value: unknown): number =>
      typeof value === 'object' && value !== null
        ? 1 + Math.max(0, ...Object.values(value).map(levels))
        : 0
    expect(levels(body.docs[0])).toBeLessThanOrEqual(4)
  })

  it('has all its related rows, also at its maximum length', async () => {
    const { body } = await list('limit=500&depth=1')
    expect(body.docs.every(({ user }) => typeof user === 'object')).toBe(true)
  })
})

describe('a query', () => {
  const whole = (levels: number): string => {
    const where = Array.from({ length: levels }).reduce<object>((inner) => ({ and: [inner] }), {
      amountMinor: { equals: 5 },
    })
    return `where=${encodeURIComponent(JSON.stringify(where))}`
  }
  const conditions = (count: number): string =>
    Array.from({ length: count }, (_, n) => `where[or][${n}][amountMinor][equals]=${n + 1}`).join(
      '&',
    )

  it.each([
    ['5 deep', whole(5), 1],
    ['of 50 conditions', conditions(50), 50],
  ])('%s is accepted', async (_name, query, found) => {
    const { body, status } = await list(`${query}&limit=100`)
    expect([status, body.docs.length]).toEqual([200, found])
  })

  const REFUSED = { status: 400, body: { errors: [{ code: 'request.query-too-deep' }] } }

  it.each(['/api/payments?', '/api/payments/count?', '/api/users?', '/api/users/count?'])(
    'is refused at %s when it is 6 deep or of 51 conditions',
    async (path) => {
      for (const query of [whole(6), whole(60), conditions(51)]) {
        const answer = await product.rest('GET', path + query, { authorization: admin })
        expect(answer).toMatchObject(REFUSED)
      }
    },
  )

  it('of 51 conditions is also refused for a change or a deletion', async () => {
    for (const method of ['PATCH', 'DELETE']) {
      const answer = await product.rest(method, `/api/service-accounts?${conditions(51)}`, {
        authorization: admin,
        ...(method === 'PATCH' ? { body: { name: 'x' } } : {}),
      })
      expect(answer).toMatchObject(REFUSED)
    }
  })

  it('over many relations is refused', async () => {
    const path = Array.from({ length: 6 }, () => 'referredBy').join('.')
    expect(await list(`where[user.${path}.name][equals]=x`)).toMatchObject(REFUSED)
    expect(await list(`sort=-user.${path}.name`)).toMatchObject(REFUSED)
    expect(await list('sort=user.referredBy.name')).toMatchObject({ status: 200 })
  })

  it.each([
    'where[reference][all]=x',
    'where[amountMinor][near]=1,2,3',
    'where[amountMinor][contains]=1',
    'where[createdAt][contains]=2026',
  ])('by an operator that the field does not support is refused: ?%s', async (query) => {
    const { body, status } = await list(query)
    expect([status, body.errors?.[0]?.code]).toEqual([400, 'request.invalid-query'])
  })
})

describe('a list over GraphQL', () => {
  const send = (query: string) => product.graphql(query, admin)
  type Found = { Payments: { docs: unknown[]; totalDocs: number } }

  it.each(['limit: 0', 'limit: 5000', 'pagination: false'])(
    'holds at most 500 rows: %s',
    async (args) => {
      const { body } = await send(`{ Payments(${args}) { totalDocs docs { id user { id } } } }`)
      const { Payments } = body.data as Found
      expect(Payments.docs).toHaveLength(500)
    },
  )

  it('is refused for a query 6 deep', async () => {
    const where = Array.from({ length: 6 }).reduce<string>(
      (inner) => `{ AND: [${inner}] }`,
      '{ amountMinor: { equals: 5 } }',
    )
    for (const field of [
      `Payments(where: ${where}) { totalDocs }`,
      `countPayments(where: ${where}) { totalDocs }`,
    ]) {
      const { body } = await send(`{ ${field} }`)
      expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'request.query-too-deep' })
    }
  })

  it('is refused for a selection of 9 levels, also in a fragment', async () => {
    const deep = (levels: number): string =>
      levels === 0 ? 'id' : `referredBy { ${deep(levels - 1)} }`
    for (const query of [
      `{ Users { docs { ${deep(6)} } } }`,
      `{ Users { docs { ...F } } } fragment F on User { ${deep(6)} }`,
    ]) {
      const { body } = await send(query)
      expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'request.query-too-deep' })
    }
    expect((await send(`{ Users(limit: 1) { docs { ${deep(5)} } } }`)).body.errors).toBeUndefined()
  })

  it('is refused for 101 lists in one request, whatever their aliases', async () => {
    const aliases = (count: number) =>
      Array.from({ length: count }, (_, n) => `a${n}: Payments(limit: 1) { docs { id } }`).join(' ')
    const { body } = await send(`{ ${aliases(101)} }`)
    expect(body.data).toBeUndefined()
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'request.query-too-deep' })
    expect((await send(`{ ${aliases(20)} }`)).body.errors).toBeUndefined()
  })

  it('is refused when related rows make it too expensive', async () => {
    const aliases = Array.from(
      { length: 28 },
      (_, n) => `a${n}: Payments(limit: 1) { docs { user { id } } }`,
    )
    const { body } = await send(`{ ${aliases.join(' ')} }`)
    expect(body.errors?.[0]?.message).toContain('maximum complexity of 300')
  })
})

describe('an internal call', () => {
  it('is not capped when it skips access rules, and is capped when it does not', async () => {
    const find = (overrideAccess: boolean) =>
      product.payload.find({
        collection: 'payments',
        pagination: false,
        overrideAccess,
        depth: 0,
        user: { collection: 'users', role: 'admin' },
      })
    expect((await find(true)).docs).toHaveLength(620)
    expect((await find(false)).docs).toHaveLength(500)
  })
})
