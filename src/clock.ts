/** The time, for hooks and processes. Rules and jobs never ask: they are given a value. */
export const now = (): Date => new Date()
