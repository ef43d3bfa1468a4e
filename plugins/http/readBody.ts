import type { PayloadRequest } from 'payload'
import type { z } from 'zod'

import { DomainError } from '../../src/domain/errors.ts'

/**
 * Reads the body of one of our routes by the schema of its fields.
 *
 * @throws DomainError `request.malformed-value` (details name the field)
 * @throws DomainError as `readJsonBody` does
 */
export const readBody = async <Shape extends z.ZodRawShape>(
  req: PayloadRequest,
  schema: z.ZodObject<Shape>,
): Promise<z.output<z.ZodObject<Shape>>> => {
  const { data, error } = schema.safeParse(await readJsonBody(req, Object.keys(schema.shape)))
  if (!error) return data
  const [issue] = error.issues
  throw new DomainError('request.malformed-value', issue?.message ?? 'A value is malformed.', {
    field: String(issue?.path[0] ?? ''),
  })
}

/**
 * Reads the JSON object in the body of one of our routes. A missing body is an empty object.
 *
 * @throws DomainError `request.malformed-body`
 * @throws DomainError `request.unknown-field` (details name the field)
 */
export const readJsonBody = async <Field extends string>(
  req: PayloadRequest,
  fields: readonly Field[],
): Promise<Partial<Record<Field, unknown>>> => {
  const text = (await req.text?.()) ?? ''
  const body = text.trim() === '' ? {} : parseObject(text)
  const field = Object.keys(body).find((name) => !fields.includes(name as Field))
  if (field === undefined) return body as Partial<Record<Field, unknown>>
  throw new DomainError('request.unknown-field', 'There is no such field.', { field })
}

const parseObject = (text: string): Record<string, unknown> => {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
      return body as Record<string, unknown>
    }
  } catch {
    // Not JSON: refused below, like JSON of another type.
  }
  throw new DomainError('request.malformed-body', 'Send a JSON object, or no body at all.')
}
