/**
 * What a clock at an offset from UTC shows at an instant, as the networks want it.
 *
 * `wallClock(new Date('2026-10-31T20:00:00Z'), '+05:30')` is day `2026-11-01`, time `01:30:00`.
 */
export const wallClock = (at: Date, utcOffset: string): { day: string; time: string } => {
  const shown = new Date(at.getTime() + offsetMs(utcOffset)).toISOString()
  return { day: shown.slice(0, 10), time: shown.slice(11, 19) }
}

/** Midnight at that offset, before an instant. */
export const dayBegins = (at: Date, utcOffset: string): Date =>
  new Date(`${wallClock(at, utcOffset).day}T00:00:00${utcOffset}`)

const offsetMs = (utcOffset: string): number => {
  const [hours = 0, minutes = 0] = utcOffset.slice(1).split(':').map(Number)
  return (utcOffset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}
