import { sql } from '@payloadcms/db-postgres'
import { getPayload, handleEndpoints, type Payload } from 'payload'

import { provideEnv } from '../../src/config/env.ts'
import { readDb } from '../../src/database/readDb.ts'
import { closePayload } from '../../src/database/pool.ts'
import { openGraphql } from '../../src/server/api/openGraphql.ts'
import { cloneDatabase } from './cloneDatabase.ts'

type Result<Body = Record<string, unknown>> = { status: number; body: Body; headers: Headers }
type CallOptions = {
  authorization?: string | undefined
  body?: unknown
  headers?: Record<string, string>
}
type Call = <Body = Record<string, unknown>>(
  method: string,
  path: string,
  options?: CallOptions,
) => Promise<Result<Body>>

export type Product = {
  payload: Payload
  databaseUrl: string
  /** Calls REST through Payload's own handlers, without a socket. */
  rest: Call
  /** The same, but returns the response unparsed, such as a file. */
  raw: (method: string, path: string, options?: CallOptions) => Promise<Response>
  /** Calls GraphQL the same way; `body.errors` holds what was refused. */
  graphql: (
    query: string,
    authorization?: string,
    headers?: Record<string, string>,
  ) => Promise<Result<GraphqlBody>>
  sql: <Row>(text: string) => Promise<Row[]>
  close: () => Promise<void>
}
type GraphqlBody = {
  data?: Record<string, unknown> | null
  errors?: { message: string; extensions?: Record<string, unknown> }[]
}

const ORIGIN = 'http://localhost:3000'

/**
 * Starts the product in this process, on a database of its own. Only one at a time: Payload's
 * handlers find their instance by a key of the process.
 */
export const startProduct = async ({
  connectBy = (databaseUrl) => databaseUrl,
}: {
  /** Returns the address by which the product reaches its database, such as a proxy's. */
  connectBy?: (databaseUrl: string) => Promise<string> | string
} = {}): Promise<Product> => {
  forgetPayload()
  const databaseUrl = await cloneDatabase()
  provideEnv({
    DATABASE_URL: await connectBy(databaseUrl),
    DATABASE_POOL_MAX: '5',
    PAYLOAD_SECRET: 'a-secret-for-tests-alone-of-enough-length',
    LOG_LEVEL: 'silent',
    NODE_ENV: 'test',
  })
  const { default: config } = await import('../../payload.config.ts')
  const payload = await getPayload({ config })

  const raw: Product['raw'] = (method, path, { authorization, body, headers } = {}) =>
    handleEndpoints({ config, request: createRequest(method, path, body, authorization, headers) })
  const rest: Product['rest'] = async (...request) => readResponse(await raw(...request))
  const handleGraphql = openGraphql(config)
  const graphql: Product['graphql'] = async (query, authorization, headers) =>
    readResponse(
      await handleGraphql(createRequest('POST', '/api/graphql', { query }, authorization, headers)),
    )
  return {
    payload,
    databaseUrl,
    rest,
    raw,
    graphql,
    sql: async <Row>(text: string) => {
      const db = await readDb({ payload })
      return (await db.execute(sql.raw(text))).rows as Row[]
    },
    close: () => closePayload(payload),
  }
}

/** Clears the cache in which Payload keeps its first instance for the life of the process. */
const forgetPayload = (): void => {
  const shared = globalThis as { _payload?: Map<string, unknown> }
  shared._payload?.clear()
}

const createRequest = (
  method: string,
  path: string,
  body?: unknown,
  authorization?: string,
  headers?: Record<string, string>,
): Request =>
  new Request(`${ORIGIN}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(authorization ? { Authorization: authorization } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: encodeBody(body) }),
  })

/** Encodes all but text and bytes as JSON. */
const encodeBody = (body: unknown): BodyInit =>
  typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body)

const readResponse = async <Body>(response: Response): Promise<Result<Body>> => {
  const text = await response.text()
  return {
    status: response.status,
    body: (text ? JSON.parse(text) : {}) as Body,
    headers: response.headers,
  }
}
