const MINUTE_MS = 60_000

/** Formats an instant as local time at the offset: `2026-10-02 14:05:11`. */
export const formatWallTime = (ms: number, offsetMinutes: number): string =>
  new Date(ms + offsetMinutes * MINUTE_MS).toISOString().slice(0, 19).replace('T', ' ')

/** Parses a local date, with or without a time, at the offset; null if it does not exist. */
export const parseWallTime = (
  { day, time = '00:00:00' }: { day: string; time?: string | undefined },
  offsetMinutes: number,
): number | null => {
  const ms = Date.parse(`${day}T${time}Z`)
  // Otherwise 31 February would be a day in March.
  const isReal = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day)
  return isReal ? ms - offsetMinutes * MINUTE_MS : null
}

export const DAY_MS = 24 * 60 * MINUTE_MS

/** All time. */
export const ALWAYS = { fromMs: -8.64e15, toMs: 8.64e15 }
