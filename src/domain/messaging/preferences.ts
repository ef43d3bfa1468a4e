/**
 * The category of messages that a member always gets: codes, resets, a changed password. Otherwise,
 * an intruder could switch the warning off.
 */
const ALWAYS_ON = 'security'

/** Returns true for a category that a member cannot switch off. */
export const isAlwaysOn = (category: string): boolean => category === ALWAYS_ON
