import type { PayloadRequest } from 'payload'
import type { z } from 'zod'

import { DomainError } from '../src/domain/errors.ts'
import { bodyOf } from './bodyOf.ts'

/**
 * What a route of our own was sent, by the schema of its fields.
 *
 * @throws DomainError `request.malformed-value` (details name the field)
 * @throws DomainError as `bodyOf` does
 */
export const valuesIn = async <Shape extends z.ZodRawShape>(
  req: PayloadRequest,
  schema: z.ZodObject<Shape>,
): Promise<z.output<z.ZodObject<Shape>>> => {
  const { data, error } = schema.safeParse(await bodyOf(req, Object.keys(schema.shape)))
  if (!error) return data
  const [issue] = error.issues
  throw new DomainError('request.malformed-value', issue?.message ?? 'A value is malformed.', {
    field: String(issue?.path[0] ?? ''),
  })
}
