import { z } from 'zod'

/** Parts separated by commas; spaces around them and empty ones are left out. */
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
