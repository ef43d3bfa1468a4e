import { z } from 'zod'

import { httpUrl } from '../../settingTypes.ts'
import { adapter } from '../adapter.ts'
import { pageSize, path, utcOffset } from '../parts/fields.ts'
import { vcommission } from '../vcommission.ts'

/** vCommission, as it is set up: settings of the account win over the environment's. */
export const vcommissionAdapter = adapter({
  label: 'vCommission',
  needs: ['VCOMMISSION_API_KEY'],
  credentials: ['VCOMMISSION_API_KEY'],
  settings: z.strictObject({
    baseUrl: httpUrl.optional(),
    path: path.optional(),
    utcOffset: utcOffset.optional(),
    pageSize: pageSize(1_000),
  }),
  open: ({ env, settings, wiring }) =>
    vcommission({
      apiKey: env.VCOMMISSION_API_KEY ?? '',
      baseUrl: env.VCOMMISSION_BASE_URL,
      path: env.VCOMMISSION_PATH,
      timeoutMs: env.NETWORK_TIMEOUT_MS,
      ...wiring,
      ...settings,
    }),
})
