import type { GlobalBeforeChangeHook } from 'payload'

/** Numbers the programme's rules, so that a decision can name the one it was made by. */
export const countRuleVersion: GlobalBeforeChangeHook = ({ data, originalDoc }) => ({
  ...data,
  version: Number(originalDoc?.version ?? 0) + 1,
})
