/**
 * What a member hears in spite of everything: codes, resets, a changed password. Whoever got into
 * an account could silence the warning otherwise.
 */
const ALWAYS_ON = 'security'

/** True for a category that a member cannot switch off. */
export const isAlwaysOn = (category: string): boolean => category === ALWAYS_ON
