import { z } from 'zod'

import { httpUrl } from '../../settingTypes.ts'
import { adapter } from '../adapter.ts'
import { cuelinks } from '../cuelinks.ts'
import { pageSize, path, utcOffset } from '../parts/fields.ts'
import { AUTH_SCHEMES } from './requestOf.ts'

/** CueLinks, as it is set up: settings of the account win over the environment's. */
export const cuelinksAdapter = adapter({
  label: 'CueLinks',
  needs: ['CUELINKS_API_KEY', 'CUELINKS_PUBLISHER_ID'],
  credentials: ['CUELINKS_API_KEY', 'CUELINKS_PUBLISHER_ID'],
  settings: z.strictObject({
    baseUrl: httpUrl.optional(),
    path: path.optional(),
    authScheme: z.enum(AUTH_SCHEMES).optional(),
    utcOffset: utcOffset.optional(),
    pageSize: pageSize(100),
  }),
  open: ({ env, settings, wiring }) =>
    cuelinks({
      apiKey: env.CUELINKS_API_KEY ?? '',
      publisherId: env.CUELINKS_PUBLISHER_ID ?? '',
      baseUrl: env.CUELINKS_BASE_URL,
      path: env.CUELINKS_PATH,
      authScheme: env.CUELINKS_AUTH_SCHEME,
      timeoutMs: env.NETWORK_TIMEOUT_MS,
      ...wiring,
      ...settings,
    }),
})
