import type { GraphQLSchema } from 'graphql'
import type { PayloadRequest, SanitizedConfig } from 'payload'

import { checkVersionQuery } from '../../../hooks/system/checkVersionQuery.ts'
import { DomainError } from '../../domain/errors.ts'

type Context = { req: PayloadRequest }

/**
 * Mends two kinds of fields of Payload's schema that always fail with an internal error: the access
 * to a global, whose resolver takes the arguments for the context, and the confirmation of an e-mail
 * address by Payload, which no collection of ours uses.
 * Queries of a global's versions are checked as those of collections are.
 */
export const mendSchema = (schema: GraphQLSchema, { collections, globals }: SanitizedConfig) => {
  const queries = schema.getQueryType()?.getFields() ?? {}
  for (const global of globals) {
    const versions = queries[`versions${toName(global.slug)}`]
    const find = versions?.resolve
    if (versions && find) {
      versions.resolve = (source, args: object, context: Context, info) => {
        const limit = checkVersionQuery(args, global, context.req)
        return find(source, { ...args, limit }, context, info)
      }
    }
    const field = queries[`docAccess${toName(global.slug)}`]
    const resolve = field?.resolve as ((source: unknown, context: unknown) => unknown) | undefined
    if (field && resolve) field.resolve = (source, _args, context) => resolve(source, context)
  }
  if (collections.some(({ auth }) => auth.verify)) return
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    if (field.name.startsWith('verifyEmail')) field.resolve = refuse
  }
}

const toName = (slug: string): string =>
  slug.replace(/(^|-)(\w)/g, (_match, _dash, letter: string) => letter.toUpperCase())

const refuse = () => {
  throw new DomainError('request.not-found', 'Not found.')
}
