import fs from 'node:fs/promises'
import path from 'node:path'

import { inheritedEnv } from '../../src/config/env.ts'
import { projectRoot } from '../../src/platform/projectRoot.ts'
import {
  formatAccessMatrix,
  type AccessRole,
  listEntities,
  OPERATIONS,
  findReach,
  createRequestAs,
} from './accessMatrix.ts'
import {
  createMachine,
  createPayment,
  createReferral,
  createUser,
  signIn,
} from '../support/factories.ts'
import { type Product, startProduct } from '../support/startProduct.ts'

const FILE = path.join(projectRoot(), 'docs/access-matrix.md')
const HEADER = `# Who may do what

Computed from the configuration by a test, which fails when this page is stale; \`ACCESS_MATRIX=write npm test -- accessMatrix\` writes it anew, to be read before it is committed. \`all\`, \`own\` or \`none\` for an operation; for a field the letters of the operations (create, read, update, delete) that reach it.
`

let product: Product
const tokens = new Map<AccessRole, string | undefined>([['anonymous', undefined]])

beforeAll(async () => {
  product = await startProduct()
  const { payload } = product
  for (const role of ['member', 'support', 'finance', 'admin'] as const) {
    tokens.set(role, await signIn(payload, await createUser(payload, { role })))
  }
  tokens.set('payments:write', await createMachine(payload, ['payments:write']))
  tokens.set('refunds:write', await createMachine(payload, ['refunds:write']))
  tokens.set('members:read', await createMachine(payload, ['members:read']))
  tokens.set('catalogue:read', await createMachine(payload, ['catalogue:read']))
  const { buyer } = await createReferral(payload, { phone: '+919845066620' })
  await createPayment(payload, { user: buyer.id, status: 'completed' })
})
afterAll(() => product.close())

it('docs/access-matrix.md is the matrix that the configuration gives', async () => {
  const matrix = `${HEADER}\n${await formatAccessMatrix(product.payload)}\n`
  if (inheritedEnv().ACCESS_MATRIX === 'write') await fs.writeFile(FILE, matrix)
  expect(await fs.readFile(FILE, 'utf8')).toBe(matrix)
})

describe('over REST a role without access is refused, by id and in bulk; others get no 401 by id:', () => {
  const all = [
    'users',
    'service-accounts',
    'payments',
    'refunds',
    'wallets',
    'wallet-transactions',
    'ledger-proofs',
    'commissions',
    'adjustments',
    'audit-logs',
    'account-changes',
    'change-requests',
    'job-runs',
    'notifications',
    'notification-preferences',
    'suppressions',
    'inbound-events',
    'workers',
    'networks',
    'merchants',
    'offers',
    'clicks',
    'sync-runs',
    'sync-requests',
    'network-pages',
    'quarantined-rows',
    'network-transactions',
    'transaction-assignments',
    'file-imports',
    'held-credits',
    'cashback-events',
    'cashback-claims',
    'claim-files',
    'network-statements',
    'statement-lines',
  ]
  const nowhere = '00000000-0000-7000-8000-000000000001'
  const attempts: Record<(typeof OPERATIONS)[number], [string, string, unknown?][]> = {
    read: [['GET', '']],
    create: [['POST', '', {}]],
    update: [
      ['PATCH', `/${nowhere}`, {}],
      ['PATCH', `?where[id][equals]=${nowhere}`, {}],
    ],
    delete: [
      ['DELETE', `/${nowhere}`],
      ['DELETE', `?where[id][equals]=${nowhere}`],
    ],
  }

  const hasOwnCreate = (slug: string) =>
    (product.payload.collections[slug as 'users'].config.endpoints || []).some(
      ({ method, path: at }) => method === 'post' && at === '/' && slug !== 'users',
    )

  it('the list of collections in this test is complete', () => {
    const slugs = listEntities(product.payload).collections.map(({ slug }) => slug)
    const internal = [
      'idempotency-keys',
      'otp-challenges',
      'payload-kv',
      'payload-preferences',
      'payload-migrations',
    ]
    expect(slugs.filter((slug) => !internal.includes(slug)).sort()).toEqual([...all].sort())
  })

  it.each(all)('%s', async (slug) => {
    const entity = listEntities(product.payload).collections.find((known) => known.slug === slug)
    if (!entity) throw new Error(`no ${slug}`)
    for (const [role, authorization] of tokens) {
      const req = await createRequestAs(product.payload, role)
      for (const operation of OPERATIONS) {
        const reach = await findReach(entity, operation, req)
        for (const [method, suffix, body] of attempts[operation]) {
          const { status } = await product.rest(method, `/api/${slug}${suffix}`, {
            authorization,
            body,
          })
          const label = `${role} ${method} ${slug}${suffix}: ${status}`
          // An endpoint of ours in its place may refuse the empty body that is sent here.
          const refusals =
            method === 'POST' && hasOwnCreate(slug) ? [400, 401, 403, 415] : [401, 403]
          if (reach === 'none')
            expect([label, refusals]).toEqual([label, expect.arrayContaining([status])])
          else if (!suffix.startsWith('?')) expect([label, status === 401]).toEqual([label, false])
        }
      }
    }
  })

  it.each([
    ['internal rows', ['payload-kv', 'payload-migrations']],
    ['idempotency keys', ['idempotency-keys']],
    ['one-time codes', ['otp-challenges']],
  ])('no role reaches %s', async (_what, slugs) => {
    for (const [, authorization] of tokens) {
      for (const slug of slugs) {
        const { status } = await product.rest('GET', `/api/${slug}`, { authorization })
        expect([403, 404, 501]).toContain(status)
      }
    }
  })
})

describe('an endpoint of ours', () => {
  // Payload's endpoints for sign-in, and those at the root. Its other endpoints of a collection are
  // those of `job-runs`, which has none of ours. `confirm-email` takes the token of a mail as proof.
  const builtIn =
    /^\/(access|confirm-email|forgot-password|init|login|logout|me|payload-\S+|refresh-token|reset-password|unlock|verify\/:id|form-state|api-key\S*|graphql\S*)?$/

  it('refuses requests without a sign-in, each of them that the configuration has', async () => {
    const { config } = product.payload
    const plain = config.collections.find(({ slug }) => slug === 'job-runs')?.endpoints || []
    const known = new Set(plain.map(({ method, path: at }) => `${method} ${at}`))
    const places = [
      ['', config.endpoints] as const,
      ...config.collections.map(({ endpoints, slug }) => [`/${slug}`, endpoints || []] as const),
    ]
    const found: string[] = []
    for (const [base, endpoints] of places) {
      for (const { method, path: at } of endpoints) {
        if (base === '/payload-preferences' || builtIn.test(at)) continue
        if (known.has(`${method} ${at}`)) continue
        const route = `/api${base}${at.replace(/:\w+\??/g, '00000000-0000-7000-8000-000000000001')}`
        found.push(route)
        const body = method === 'get' ? {} : { body: {} }
        const { status } = await product.rest(method.toUpperCase(), route, body)
        expect([`${method} ${route}`, [401, 403]]).toEqual([
          `${method} ${route}`,
          expect.arrayContaining([status]),
        ])
      }
    }
    expect(found.length).toBeGreaterThan(7)
  })
})

describe('a query by a hidden field is refused or finds nothing', () => {
  // Payload also refuses queries two relations deep, but leaves a rejected promise that would end
  // this process: the browser tests send them to the built server.
  const oracles = [
    ['members:read', 'users', 'where[phone][like]=9845'],
    ['members:read', 'users', 'where[hash][exists]=true'],
    ['members:read', 'users', 'where[resetPasswordToken][like]=a'],
    ['members:read', 'users', 'where[sessions.id][exists]=true'],
    ['members:read', 'users', 'where[or][0][and][0][phone][like]=9845'],
    ['members:read', 'users', 'sort=phone'],
    ['members:read', 'users', 'sort=-hash'],
    ['members:read', 'users', 'where[inviteCode][like]=A'],
    ['members:read', 'users', 'where[referredBy.phone][like]=9845'],
    ['payments:write', 'payments', 'where[user.phone][like]=9845'],
    ['payments:write', 'payments', 'where[user.email][like]=a'],
    ['payments:write', 'payments', 'sort=user.phone'],
    ['member', 'commissions', 'where[payer.email][like]=a'],
    ['member', 'commissions', 'where[payer][exists]=true'],
    ['member', 'commissions', 'sort=payer'],
    ['member', 'commissions', 'sort=payment.user.email'],
    ['member', 'wallet-transactions', 'sort=-payment__user__name'],
    ['payments:write', 'payments', 'sort=-user.email'],
  ] as const

  it.each(oracles)('of %s on %s: %s', async (role, slug, query) => {
    const authorization = tokens.get(role)
    const { body, status } = await product.rest<{ totalDocs?: number; docs?: unknown[] }>(
      'GET',
      `/api/${slug}?${query}`,
      { authorization },
    )
    const isEmpty = status === 200 && body.totalDocs === 0
    expect([query, status === 400 || status === 403 || isEmpty]).toEqual([query, true])
  })

  it('over GraphQL, of members:read on users: refused', async () => {
    const { body } = await product.graphql(
      '{ Users(where: { phone: { like: "9845" } }) { totalDocs } }',
      tokens.get('members:read'),
    )
    expect(body.errors?.length).toBeGreaterThan(0)
  })
})
