import type { z } from 'zod'

import { DomainError } from '../../domain/errors.ts'

type Reading<Shape extends z.ZodType> = { text: string; shape: Shape; provider: string }

/**
 * Reads a webhook's JSON.
 *
 * @throws DomainError `webhook.malformed` it is no JSON or does not have that shape; the error
 *   names the place of the mistake and never quotes the body
 */
export const readJson = <Shape extends z.ZodType>(reading: Reading<Shape>): z.output<Shape> => {
  const { provider, shape, text } = reading
  const result = shape.safeParse(parseJson(text))
  if (result.success) return result.data
  const places = result.error.issues.map(({ message, path }) => `${path.join('.')}: ${message}`)
  throw malformedReport(provider, places.slice(0, 5))
}

/** The error for a webhook that cannot be parsed. */
export const malformedReport = (provider: string, places: string[] = []) =>
  new DomainError('webhook.malformed', `This is not a delivery report of ${provider}.`, {
    provider,
    places,
  })

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
