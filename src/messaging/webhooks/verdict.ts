/** Whether a webhook is from whom it says: only what is genuine is applied, the rest is kept to be seen. */
export type Verdict = 'forged' | 'genuine' | 'stale' | 'unsigned'
