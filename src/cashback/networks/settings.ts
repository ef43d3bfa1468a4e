import { z } from 'zod'

import { httpUrl } from '../../platform/settingTypes.ts'

const path = z.string().startsWith('/').optional()

/**
 * The environment settings of the networks. A setting that begins with a network's name belongs to
 * it, and needs the credentials that its adapter requires (`incompleteProviders`).
 */
export const networkSettings = {
  /** Deadline for one page. */
  NETWORK_TIMEOUT_MS: z.coerce.number().int().min(100).max(600_000).default(60_000),
  /** How long to back off from a rate limit that names no time. */
  NETWORK_RATE_LIMIT_MS: z.coerce.number().int().min(100).max(3_600_000).default(60_000),

  ADMITAD_CLIENT_ID: z.string().optional(),
  ADMITAD_CLIENT_SECRET: z.string().optional(),
  /** The first of a chain: each works once, and its successor is stored in the database. */
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

/** The parsed settings: all that an adapter sees of the environment. */
export type NetworkEnv = z.output<z.ZodObject<typeof networkSettings>>
