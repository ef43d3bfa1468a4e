import type { GlobalBeforeChangeHook } from 'payload'

import type { AffiliationConfig } from '../../src/payload-types.ts'

/** Numbers the versions of the programme's rule, so that a decision can name its version. */
export const countRuleVersion: GlobalBeforeChangeHook = ({ data, originalDoc }) => ({
  ...(data as Partial<AffiliationConfig>),
  version: ((originalDoc as Partial<AffiliationConfig> | undefined)?.version ?? 0) + 1,
})
