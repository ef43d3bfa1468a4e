/**
 * A list that forgets its oldest entries, so that a long run cannot fill the memory. `onAge` is
 * told of each entry once as many newer ones as `ageAfter` came after it.
 */
export const createNewest = <Entry>({
  limit,
  ageAfter = limit,
  onAge,
}: {
  limit: number
  ageAfter?: number
  onAge?: (entry: Entry) => void
}) => {
  let entries: Entry[] = []
  let total = 0
  return {
    add: (entry: Entry) => {
      entries.push(entry)
      total += 1
      const aged = entries[entries.length - 1 - ageAfter]
      if (aged !== undefined) onAge?.(aged)
      // In larger bites: cutting one off each time would copy the whole list each time.
      if (entries.length >= limit * 1.25) entries = entries.slice(-limit)
    },
    /** Oldest first. */
    all: (): Entry[] => entries.slice(-limit),
    /** Newest first, at most `count`. */
    newest: (count: number): Entry[] => entries.slice(-Math.min(count, limit)).reverse(),
    /** How many ever came. */
    total: () => total,
    clear: () => {
      entries = []
      total = 0
    },
  }
}
