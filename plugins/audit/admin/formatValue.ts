import { isCurrency } from '../../../src/domain/currency.ts'
import { formatMoney } from '../../../src/domain/money.ts'
import { formatBps } from '../../../src/domain/percent.ts'

type Reading = {
  /** The name of the field, which decides how a number is formatted. */
  name: string
  value: unknown
  reader: Reader
}
/** The context in which a value is formatted. */
export type Reader = {
  /** The currency of the row, for its amounts. */
  currency?: unknown
  /** Names of users by id. */
  names: ReadonlyMap<string, string>
  /** Formats an instant. */
  time: (at: string) => string
}

/**
 * A stored value as people read it: money, a rate as a percentage, an instant as a time,
 * a user by name, and an empty value as a dash.
 */
export const formatValue = ({ name, reader, value }: Reading): string => {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (typeof value === 'number') return formatNumber(name, value, reader)
  if (typeof value === 'string') return formatText(value, reader)
  if (!Array.isArray(value)) return formatObject(value as Record<string, unknown>, reader)
  if (value.length === 0) return '—'
  return value.map((one: unknown) => formatValue({ name, reader, value: one })).join('; ')
}

const formatNumber = (name: string, value: number, { currency }: Reader): string => {
  if (name.endsWith('Bps')) return formatBps(value)
  return name.endsWith('Minor') && isCurrency(currency)
    ? formatMoney(value, currency)
    : String(value)
}

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

const formatText = (value: string, { names, time }: Reader): string =>
  names.get(value) ?? (INSTANT.test(value) ? time(value) : value)

const formatObject = (object: Record<string, unknown>, reader: Reader): string => {
  const currency = isCurrency(object.currency) ? object.currency : reader.currency
  return Object.entries(object)
    .filter(([name, value]) => name !== 'id' && value !== null)
    .map(([name, value]) => {
      return `${name}: ${formatValue({ name, reader: { ...reader, currency }, value })}`
    })
    .join(', ')
}
