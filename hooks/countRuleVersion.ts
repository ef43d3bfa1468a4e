import type { GlobalBeforeChangeHook } from 'payload'

import type { AffiliationConfig } from '../src/payload-types.ts'

/** Numbers the programme's rules, so that a decision can name the one it was made by. */
export const countRuleVersion: GlobalBeforeChangeHook = ({ data, originalDoc }) => ({
  ...(data as Partial<AffiliationConfig>),
  version: ((originalDoc as Partial<AffiliationConfig> | undefined)?.version ?? 0) + 1,
})
