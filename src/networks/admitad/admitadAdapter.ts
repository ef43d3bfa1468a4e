import { z } from 'zod'

import { httpUrl } from '../../settingTypes.ts'
import { adapter } from '../adapter.ts'
import { admitad } from '../admitad.ts'
import { pageSize, utcOffset } from '../parts/fields.ts'

/** Admitad, as it is set up: settings of the account win over the environment's. */
export const admitadAdapter = adapter({
  label: 'Admitad',
  needs: ['ADMITAD_CLIENT_ID', 'ADMITAD_CLIENT_SECRET'],
  credentials: ['ADMITAD_CLIENT_ID', 'ADMITAD_CLIENT_SECRET', 'ADMITAD_REFRESH_TOKEN'],
  settings: z.strictObject({
    baseUrl: httpUrl.optional(),
    utcOffset: utcOffset.optional(),
    clickSlot: z.enum(['subid', 'subid1', 'subid2', 'subid4']).optional(),
    pageSize: pageSize(500),
  }),
  open: ({ env, settings, wiring }) =>
    admitad({
      baseUrl: env.ADMITAD_BASE_URL,
      timeoutMs: env.NETWORK_TIMEOUT_MS,
      ...wiring,
      ...settings,
      credentials: {
        clientId: env.ADMITAD_CLIENT_ID ?? '',
        clientSecret: env.ADMITAD_CLIENT_SECRET ?? '',
        refreshToken: env.ADMITAD_REFRESH_TOKEN,
      },
    }),
})
