import { inheritedEnv } from '../../../src/config/env.ts'

type Look = readonly [theme: 'dark' | 'light', width: 390 | 1440]

const LOOKS: readonly Look[] = [
  ['light', 1440],
  ['dark', 390],
  ['dark', 1440],
  ['light', 390],
]

/**
 * Returns the themes and window widths in which each screen is opened: all four, or in the quick
 * form the one that `BROWSER_SEED` chooses.
 */
export const chooseLooks = (): readonly Look[] => {
  const seed = inheritedEnv().BROWSER_SEED
  return LOOKS.filter((_, index) => !seed || index === Number(seed) % LOOKS.length)
}
