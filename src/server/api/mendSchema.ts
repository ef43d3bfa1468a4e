import type { GraphQLSchema } from 'graphql'
import type { SanitizedConfig } from 'payload'

import { DomainError } from '../../domain/errors.ts'

/**
 * Mends two kinds of fields of Payload's schema that always fail with an internal error: the access
 * to a global, whose resolver takes the arguments for the context, and the confirmation of an e-mail
 * address by Payload, which no collection of ours uses.
 */
export const mendSchema = (schema: GraphQLSchema, { collections, globals }: SanitizedConfig) => {
  const queries = schema.getQueryType()?.getFields() ?? {}
  for (const { slug } of globals) {
    const field = queries[`docAccess${toName(slug)}`]
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
