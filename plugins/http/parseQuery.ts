import type { PayloadRequest } from 'payload'
import type { z } from 'zod'

import { DomainError } from '../../src/domain/errors.ts'

/**
 * Parses the query of a request. An empty parameter counts as missing.
 *
 * @throws DomainError `request.malformed-value` (details name the field)
 */
export const parseQuery = <Query>(req: PayloadRequest, schema: z.ZodType<Query>): Query => {
  const given = [...req.searchParams].filter(([, value]) => value !== '')
  const { data, error } = schema.safeParse(Object.fromEntries(given))
  if (!error) return data
  const [issue] = error.issues
  throw new DomainError('request.malformed-value', issue?.message ?? 'A value is malformed.', {
    field: String(issue?.path[0] ?? ''),
  })
}
