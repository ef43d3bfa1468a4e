import { inheritedEnv } from '../../../src/config/env.ts'

type Look = readonly [theme: 'dark' | 'light', width: 390 | 1440]

const PAIRS: readonly (readonly [Look, Look])[] = [
  [
    ['light', 1440],
    ['dark', 390],
  ],
  [
    ['dark', 1440],
    ['light', 390],
  ],
]

/**
 * Returns the themes and window widths in which each screen is opened: all four, or in the quick
 * form the two that `BROWSER_SEED` chooses. Each pair has both themes and both widths.
 */
export const chooseLooks = (): readonly Look[] => {
  const seed = inheritedEnv().BROWSER_SEED
  return seed ? (PAIRS[Number(seed) % PAIRS.length] ?? []) : PAIRS.flat()
}
