import { z } from 'zod'

const toText = (value: string | number | null | undefined): string | null => {
  const text = value == null ? '' : String(value).trim()
  return text === '' ? null : text
}

/** A whole number beyond 2^53 is another one by now: the sales of two ids would be one. */
const isAsWritten = (value: string | number): boolean =>
  typeof value === 'string' || !Number.isInteger(value) || Number.isSafeInteger(value)

/** Networks write nothing as null, as an empty string, or not at all; and ids also as numbers. */
export const maybeText = z
  .union([z.string(), z.number()])
  .refine(isAsWritten, 'a number too large to be read as it was written')
  .nullish()
  .transform(toText)

/** The same where a sale cannot do without it. */
export const someText = maybeText.pipe(z.string('is missing'))

/** A number or a decimal string, read later by its digits; null where there is none. */
export const maybeAmount = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (typeof value === 'string' && !value.trim() ? null : (value ?? null)))

/** The same where a sale cannot do without it. */
export const someAmount = maybeAmount.pipe(z.union([z.string(), z.number()], 'is missing'))

/** An offset from UTC, such as `+05:30`. */
export const utcOffset = z.string().regex(/^[+-](0\d|1[0-4]):[0-5]\d$/, 'needs one such as +05:30')

/** A path on the network's host. */
export const path = z.string().startsWith('/')

/** For an account that may ask more often than its network documents, or less. */
export const requestsPerMinute = z.number().int().min(1).max(60_000)

/** Rows of a page, for an account whose network gives fewer than it documents. */
export const pageSize = (largest: number) => z.number().int().min(1).max(largest).optional()
