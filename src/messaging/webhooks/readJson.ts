import type { z } from 'zod'

import { DomainError } from '../../domain/errors.ts'

type Reading<Shape extends z.ZodType> = { text: string; shape: Shape; provider: string }

/**
 * Reads a webhook's JSON.
 * @throws DomainError `webhook.malformed` where it is none or not of that shape; the mistake is
 * described by its place, never by what the body holds
 */
export const readJson = <Shape extends z.ZodType>(reading: Reading<Shape>): z.output<Shape> => {
  const { provider, shape, text } = reading
  const result = shape.safeParse(jsonOf(text))
  if (result.success) return result.data
  const places = result.error.issues.map(({ message, path }) => `${path.join('.')}: ${message}`)
  throw malformed(provider, places.slice(0, 5))
}

/** What to throw for a webhook that cannot be read. */
export const malformed = (provider: string, places: string[] = []) =>
  new DomainError('webhook.malformed', `This is not a delivery report of ${provider}.`, {
    provider,
    places,
  })

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
