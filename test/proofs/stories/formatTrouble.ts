import type { Trouble } from './openPolls.ts'

/**
 * Formats how many faults were set and met, by kind, and how many polls were repeated.
 *
 * @example formatTrouble(trouble) // '18 faults set, 15 met (gzip 2, slow 1, …), 7 polls repeated'
 */
export const formatTrouble = ({ met, repeated, set }: Trouble): string => {
  const kinds = [...met].sort(([one], [other]) => (one < other ? -1 : 1))
  const total = kinds.reduce((sum, [, count]) => sum + count, 0)
  const named = kinds.map(([kind, count]) => `${kind} ${count}`).join(', ')
  return `${set} faults set, ${total} met (${named || 'none'}), ${repeated} polls repeated`
}
