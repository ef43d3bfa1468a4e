import type { PayloadRequest } from 'payload'

import { DomainError } from '../src/domain/errors.ts'

/**
 * The JSON object that a route of our own was sent; an absent body is an empty one.
 *
 * @throws DomainError `request.malformed-body`
 * @throws DomainError `request.unknown-field`, naming a field that the route does not take
 */
export const bodyOf = async <Field extends string>(
  req: PayloadRequest,
  fields: readonly Field[],
): Promise<Partial<Record<Field, unknown>>> => {
  const text = (await req.text?.()) ?? ''
  const body = text.trim() === '' ? {} : parsed(text)
  const field = Object.keys(body).find((name) => !fields.includes(name as Field))
  if (field === undefined) return body as Partial<Record<Field, unknown>>
  throw new DomainError('request.unknown-field', 'There is no such field.', { field })
}

const parsed = (text: string): Record<string, unknown> => {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
      return body as Record<string, unknown>
    }
  } catch {
    // Not JSON: answered below, like JSON of another kind.
  }
  throw new DomainError('request.malformed-body', 'Send a JSON object, or no body at all.')
}
