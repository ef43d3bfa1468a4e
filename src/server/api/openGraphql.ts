import type { GraphQLError, GraphQLFormattedError } from 'graphql'
import type { Handler } from 'graphql-http'
import {
  createPayloadRequest,
  headersWithCors,
  logError,
  mergeHeaders,
  type PayloadRequest,
  type SanitizedConfig,
} from 'payload'

import { checkShape } from '../../../hooks/system/limitShape.ts'
import { requireJson } from '../../../plugins/requestSafety/requireJson.ts'
import { completeErrors } from './completeErrors.ts'
import { mendSchema } from './mendSchema.ts'
import { requestIdOf } from './requestIdOf.ts'

type Context = { req: PayloadRequest; headers: Record<string, string> }
type Run = Handler<PayloadRequest, Context>

/**
 * Answers `POST /api/graphql` from the schema that Payload makes of the configuration, under
 * Payload's rules (complexity, introspection, ours). As `GRAPHQL_POST` of `@payloadcms/next` does,
 * which would load Next. The schema is made at the first query.
 */
export const openGraphql = (
  config: Promise<SanitizedConfig>,
): ((request: Request) => Promise<Response>) => {
  let opened: Promise<Run> | undefined
  return requireJson(async (request) => {
    const text = await request.text()
    const req = await createPayloadRequest({ canSetHeaders: true, config, request })
    const data = JSON.parse(text) as Record<string, unknown>
    if (!hasFewValues(data)) return refuseSize(requestIdOf(request))
    req.data = data
    opened ??= openHandler(await config)
    const run = await opened
    const context: Context = { req, headers: {} }
    const { headers, method, url } = request
    const [body, init] = await run({ method, url, headers, body: data, raw: req, context })
    return new Response(completeErrors(body, requestIdOf(request)), {
      ...init,
      headers: headersOf(init.headers, context),
    })
  })
}

/** Before GraphQL reads the variables, which it does by recursion. */
const hasFewValues = (data: unknown): boolean => {
  try {
    checkShape(data)
    return true
  } catch {
    return false
  }
}

const refuseSize = (requestId: string): Response => {
  const error = { code: 'request.value-too-large', message: 'Send less at once.' }
  return Response.json(
    { errors: [{ message: error.message, extensions: { ...error, statusCode: 400, requestId } }] },
    { status: 400 },
  )
}

const headersOf = (own: Record<string, string> | undefined, { headers, req }: Context): Headers => {
  const all = headersWithCors({ headers: new Headers(own), req })
  for (const [name, value] of Object.entries(headers)) all.append(name, value)
  return req.responseHeaders ? mergeHeaders(req.responseHeaders, all) : all
}

/** Parsing comes before every other rule. A query of the admin's size has some hundred tokens. */
const MAX_TOKENS = 5_000

/** Loaded at the first query: most processes of a site that uses REST never need it. */
const openHandler = async (config: SanitizedConfig): Promise<Run> => {
  const { createHandler } = await import('graphql-http')
  const { parse } = await import('graphql')
  const { configToSchema } = await import('@payloadcms/graphql')
  const { schema, validationRules } = configToSchema(config)
  mendSchema(schema, config)
  return createHandler<PayloadRequest, Context>({
    schema,
    parse: (text) => parse(text, { maxTokens: MAX_TOKENS }),
    context: ({ context }) => context as never,
    validationRules: (_request, args, rules) => [...rules, ...validationRules(args)],
    onOperation: async ({ raw: req }, _args, result) => {
      if (!('errors' in result) || !result.errors) return result
      const errors = await Promise.all(result.errors.map((error) => describeError(error, req)))
      return { ...result, errors } as unknown as typeof result
    },
  })
}

type Thrown = Error & { status?: number; data?: unknown }

/** An error as the client reads it, by the hooks of the configuration. */
const describeError = async (
  error: GraphQLError,
  req: PayloadRequest,
): Promise<GraphQLFormattedError> => {
  const { config } = req.payload
  logError({ err: error, payload: req.payload })
  const cause: Thrown | undefined = error.originalError ?? undefined
  const statusCode = cause?.status ?? 500
  let described: GraphQLFormattedError = {
    extensions: { name: cause?.name, data: cause?.data, statusCode },
    ...(error.locations ? { locations: error.locations } : {}),
    message: statusCode === 500 ? 'Something went wrong.' : error.message,
    ...(error.path ? { path: error.path } : {}),
  }
  for (const hook of config.hooks.afterError) {
    const { context } = req
    const changed = await hook({ context, error, graphqlResult: described, req })
    if (changed?.graphqlResult) described = changed.graphqlResult
  }
  return described
}
