import { z } from 'zod'

import { isTimeZone } from '../../../domain/zonedDay.ts'

const toText = (value: string | number | null | undefined): string | null => {
  const text = value == null ? '' : String(value).trim()
  return text === '' ? null : text
}

/** JSON rounds whole numbers above 2^53: two different ids would become one. */
const isAsWritten = (value: string | number): boolean =>
  typeof value === 'string' || !Number.isInteger(value) || Number.isSafeInteger(value)

/** An optional text. Networks leave it out, or send null or an empty string; ids may be numbers. */
export const optionalText = z
  .union([z.string(), z.number()])
  .refine(isAsWritten, 'a number too large to keep all of its digits')
  .nullish()
  .transform(toText)

/** A text that a transaction requires. */
export const requiredText = optionalText.pipe(z.string('is missing'))

/** An optional amount: a number or a decimal string, parsed later by its digits. */
export const optionalAmount = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (typeof value === 'string' && !value.trim() ? null : (value ?? null)))

/** An amount that a transaction requires. */
export const requiredAmount = optionalAmount.pipe(z.union([z.string(), z.number()], 'is missing'))

/** A setting: an offset from UTC, such as `+05:30`. */
export const utcOffsetSetting = z
  .string()
  .regex(/^[+-](0\d|1[0-4]):[0-5]\d$/, 'must be an offset such as +05:30')

/** A setting: a time zone of the IANA database. */
export const timeZoneSetting = z
  .string()
  .refine(isTimeZone, 'must be a time zone such as Europe/Berlin')

/** A setting: a path on the network's host. */
export const pathSetting = z.string().startsWith('/')

/** A setting: the account's rate limit, if it differs from what the network documents. */
export const requestsPerMinuteSetting = z.number().int().min(1).max(60_000)

/** A setting: rows per page, if the account gets fewer than the network documents. */
export const pageSizeSetting = (max: number) => z.number().int().min(1).max(max).optional()
