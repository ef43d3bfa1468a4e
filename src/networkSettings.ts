import { z } from 'zod'

import { httpUrl } from './settingTypes.ts'

const path = z.string().startsWith('/').optional()

/**
 * The part of the environment that networks need. What begins with a network's name is its own: none
 * of it may be set without what its adapter needs (`incompleteProviders`).
 */
export const networkSettings = {
  /** How long a network may take for one page. */
  NETWORK_TIMEOUT_MS: z.coerce.number().int().min(100).max(600_000).default(60_000),
  /** How long one is left alone that says "too many" and not for how long. */
  NETWORK_RATE_LIMIT_MS: z.coerce.number().int().min(100).max(3_600_000).default(60_000),

  ADMITAD_CLIENT_ID: z.string().optional(),
  ADMITAD_CLIENT_SECRET: z.string().optional(),
  /** The first of a chain: each works once, its successors are kept in the database. */
  ADMITAD_REFRESH_TOKEN: z.string().optional(),
  ADMITAD_BASE_URL: httpUrl.optional(),

  AWIN_TOKEN: z.string().optional(),
  AWIN_PUBLISHER_ID: z.string().optional(),
  AWIN_BASE_URL: httpUrl.optional(),

  VCOMMISSION_API_KEY: z.string().optional(),
  VCOMMISSION_BASE_URL: httpUrl.optional(),
  VCOMMISSION_PATH: path,

  CUELINKS_API_KEY: z.string().optional(),
  CUELINKS_PUBLISHER_ID: z.string().optional(),
  CUELINKS_BASE_URL: httpUrl.optional(),
  CUELINKS_PATH: path,
  CUELINKS_AUTH_SCHEME: z.enum(['Token token=', 'Bearer']).optional(),
}

/** What these settings are once read: all that an adapter sees of the environment. */
export type NetworkEnv = z.output<z.ZodObject<typeof networkSettings>>
