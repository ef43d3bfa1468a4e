import { knownTimeZone } from '../domain/zonedDay.ts'
import { regionOf } from './regionOf.ts'

/**
 * A stored instant as a day and a time of a place, with the place's zone, since a message is read
 * anywhere. Hindi counts 24 hours: ICU writes "am" and "pm" in Latin letters there.
 */
export const formatInstant = (
  at: string,
  { locale, timeZone }: { locale: string; timeZone: string },
): string => {
  const zone = knownTimeZone(timeZone)
  const day = new Intl.DateTimeFormat(regionOf(locale), { dateStyle: 'full', timeZone: zone })
  const time = new Intl.DateTimeFormat(regionOf(locale), {
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: locale === 'hi' ? 'h23' : 'h12',
    timeZone: zone,
    timeZoneName: 'short',
  })
  const instant = new Date(at)
  // "6:00 pm" stays on one line.
  return `${day.format(instant)}, ${time.format(instant).replace(/\s/g, '\u00a0')}`
}
