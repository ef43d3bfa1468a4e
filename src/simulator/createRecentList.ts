/**
 * Creates a list that drops its oldest entries, so that a long run cannot fill the memory. It calls
 * `onAge` with an entry once `ageAfter` newer ones were added.
 */
export const createRecentList = <Entry>({
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
      // Drop many at once: dropping one each time would copy the whole list each time.
      if (entries.length >= limit * 1.25) entries = entries.slice(-limit)
    },
    /** Oldest first. */
    all: (): Entry[] => entries.slice(-limit),
    /** Newest first, at most `count`. */
    newest: (count: number): Entry[] => entries.slice(-Math.min(count, limit)).reverse(),
    /** The number of all entries that were ever added. */
    total: () => total,
    clear: () => {
      entries = []
      total = 0
    },
  }
}
