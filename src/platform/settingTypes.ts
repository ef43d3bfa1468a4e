import { z } from 'zod'

/** A list separated by commas. Surrounding spaces and empty parts are dropped. */
export const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  )

export const httpUrl = z.url({ protocol: /^https?$/ })
