import { z } from 'zod'

import { adapter } from '../adapter.ts'
import { csv } from '../csv.ts'
import { csvMapping } from './csvMapping.ts'

/** Any network that gives files: the account's mapping says what is in them. */
export const csvAdapter = adapter({
  label: 'Files (CSV)',
  needs: [],
  credentials: [],
  settings: z.strictObject({
    mapping: csvMapping,
    clickParam: z.string().min(1).optional(),
    deepLinkParam: z.string().min(1).optional(),
  }),
  open: ({ settings }) => csv(settings),
})
