const MINUTE_MS = 60_000

/** What a clock on the wall shows there: `2026-10-02 14:05:11`. */
export const wallTime = (ms: number, offsetMinutes: number): string =>
  new Date(ms + offsetMinutes * MINUTE_MS).toISOString().slice(0, 19).replace('T', ' ')

/** The instant of a day, or of a time of it, on the wall there; null where it is none. */
export const instantOf = (
  { day, time = '00:00:00' }: { day: string; time?: string | undefined },
  offsetMinutes: number,
): number | null => {
  const ms = Date.parse(`${day}T${time}Z`)
  // 31 February would else be a day in March.
  const isReal = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day)
  return isReal ? ms - offsetMinutes * MINUTE_MS : null
}

export const DAY_MS = 24 * 60 * MINUTE_MS

/** Everything there ever was. */
export const ALWAYS = { fromMs: -8.64e15, toMs: 8.64e15 }
