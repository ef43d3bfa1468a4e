import { once } from 'node:events'
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { text as readText } from 'node:stream/consumers'

import { Router } from 'express'
import fc from 'fast-check'
import { buildSchema } from 'graphql'

import { inheritedEnv } from '../../src/config/env.ts'
import { projectRoot } from '../../src/platform/projectRoot.ts'
import { apiRoutes } from '../../src/server/api/apiRoutes.ts'
import { catchLeftPromises } from '../../src/server/catchLeftPromises.ts'
import { limitBodies } from '../../src/server/edge/limitBodies.ts'
import { requestId } from '../../src/server/edge/requestId.ts'
import { createMerchantAtNetwork } from '../support/cashbackFactories.ts'
import {
  createMachine,
  createPayment,
  createReferral,
  createUser,
  signIn,
} from '../support/factories.ts'
import { createPayoutRows } from '../support/createPayoutRows.ts'
import { startEdge } from '../support/startEdge.ts'
import { type Product, startProduct } from '../support/startProduct.ts'
import { describeGraphqlRefusal, describeRefusal } from './describeRefusal.ts'
import { queryOf } from './hostileGraphql.ts'
import { requestTo } from './hostileRequests.ts'
import { type HostileRequest, type Known, listRoutes } from './listRoutes.ts'

/** `HOSTILE_RUNS=20000 HOSTILE_SEED=7 npm test -- hostileRequests` tries more, and others. */
const { HOSTILE_RUNS = '900', HOSTILE_SEED = '1' } = inheritedEnv()
const [RUNS, SEED] = [Number(HOSTILE_RUNS), Number(HOSTILE_SEED)]
const ROLES = ['admin', 'member', 'machine', 'anonymous'] as const
type Role = (typeof ROLES)[number]
type Tokens = Record<Role, string | undefined>

const agent = new http.Agent({ keepAlive: true })
let product: Product
let edge: Awaited<ReturnType<typeof startEdge>>
let stopCatching: () => void

beforeAll(async () => {
  product = await startProduct()
  const { payload } = product
  const { default: config } = await import('../../payload.config.ts')
  const routes = apiRoutes({ payload, config, hasPlayground: false })
  edge = await startEdge(requestId, limitBodies(), Router().use('/api', routes))
  stopCatching = catchAsWebDoes()
  const { buyer } = await createReferral(payload)
  await createPayment(payload, { user: buyer.id, status: 'completed' })
  await createMerchantAtNetwork(payload)
  await createPayoutRows(product, buyer.id)
})
afterAll(async () => {
  stopCatching()
  agent.destroy()
  await edge.close()
  await product.close()
})

/** Payload leaves rejected promises behind. A web process logs them; Vitest would fail. */
const catchAsWebDoes = (): (() => void) => {
  const others = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  const stop = catchLeftPromises(product.payload)
  return () => {
    stop()
    for (const listener of others) process.on('unhandledRejection', listener)
  }
}

const send = async (
  { body, contentType, method, path: target }: HostileRequest,
  authorization?: string,
): Promise<{ status: number; text: string }> => {
  const { hostname, port } = new URL(edge.url)
  const headers = {
    ...(contentType ? { 'Content-Type': contentType } : {}),
    ...(authorization ? { Authorization: authorization } : {}),
    ...(body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }),
  }
  const request = http.request({ agent, hostname, port, method, path: target, headers })
  request.end(body)
  const [response] = (await once(request, 'response')) as [http.IncomingMessage]
  return { status: response.statusCode ?? 0, text: await readText(response) }
}

const signInAll = async (): Promise<Tokens> => {
  const { payload } = product
  return {
    admin: await signIn(payload, await createUser(payload, { role: 'admin' })),
    member: await signIn(payload, await createUser(payload)),
    machine: await createMachine(payload, ['payments:write', 'refunds:write', 'members:read']),
    anonymous: undefined,
  }
}

const loadKnown = async (): Promise<Known> => {
  const known: Known = {}
  for (const { slug } of product.payload.config.collections) {
    const { docs } = await product.payload.find({
      collection: slug as 'users',
      depth: 0,
      limit: 4,
      pagination: false,
    })
    known[slug] = docs.map(({ id }) => id)
  }
  return known
}

const role = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Role>('admin') },
  { weight: 3, arbitrary: fc.constantFrom(...ROLES) },
)

/** Sends each sample and collects what is wrong; the accounts are renewed, as some are changed. */
const problemsIn = async <Sample>(
  samples: [Role, Sample][],
  judge: (sample: Sample, authorization?: string) => Promise<string | null>,
): Promise<unknown[]> => {
  const problems: unknown[] = []
  let tokens = await signInAll()
  for (const [index, [who, sample]] of samples.entries()) {
    if (index % 300 === 299) tokens = await signInAll()
    const problem = await judge(sample, tokens[who])
    if (problem !== null) problems.push({ problem, seed: SEED, who, sample })
  }
  return problems
}

it(`no hostile request over REST is answered 5xx, or in another form (seed ${SEED})`, async () => {
  const known = await loadKnown()
  const routes = listRoutes(product.payload.config)
  const rare = routes.filter(({ path: at }) => at.includes('elsewhere'))
  const usual = routes.filter((route) => !rare.includes(route))
  const route = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...rare) },
  )
  const samples = fc.sample(
    fc.tuple(
      role,
      route.chain((one) => requestTo(one, known)),
    ),
    { seed: SEED, numRuns: RUNS },
  )
  const problems = await problemsIn(samples, async (request, authorization) => {
    const { status, text } = await send(request, authorization)
    return describeRefusal(status, text)
  })
  expect(problems).toEqual([])
}, 3_600_000)

it(`no hostile GraphQL is answered 5xx, or without a code (seed ${SEED})`, async () => {
  const file = path.join(projectRoot(), 'docs/schema.graphql')
  const schema = buildSchema(fs.readFileSync(file, 'utf8'))
  const fields = [
    ...Object.values(schema.getQueryType()?.getFields() ?? {}).map(
      (field) => ['query', field] as const,
    ),
    ...Object.values(schema.getMutationType()?.getFields() ?? {}).map(
      (field) => ['mutation', field] as const,
    ),
  ]
  const query = fc.constantFrom(...fields).chain(([kind, field]) => queryOf(kind, field))
  const samples = fc.sample(fc.tuple(role, query), { seed: SEED, numRuns: Math.ceil(RUNS / 3) })
  const problems = await problemsIn(samples, async (sample, authorization) => {
    const { status, text } = await send(
      {
        method: 'POST',
        path: '/api/graphql',
        body: JSON.stringify(sample),
        contentType: 'application/json',
      },
      authorization,
    )
    return describeGraphqlRefusal(status, text)
  })
  expect(problems).toEqual([])
}, 3_600_000)
