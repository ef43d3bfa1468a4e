import { isCurrency } from '../../../src/domain/currency.ts'
import { formatMoney } from '../../../src/domain/money.ts'
import { formatBps } from '../../../src/domain/percent.ts'

type Reading = {
  /** The name of the field, which says what its number means. */
  name: string
  value: unknown
  reader: Reader
}
/** What a value is read with. */
export type Reader = {
  /** The currency of the row, for its amounts. */
  currency?: unknown
  /** Names of people by their ids. */
  names: ReadonlyMap<string, string>
  /** Writes an instant. */
  time: (at: string) => string
}

/**
 * A stored value as people read it: money as money, a rate as a percentage, an instant as a time,
 * a person by name. An empty one is a dash.
 */
export const wordsOfValue = ({ name, reader, value }: Reading): string => {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (typeof value === 'number') return wordsOfNumber(name, value, reader)
  if (typeof value === 'string') return wordsOfText(value, reader)
  if (!Array.isArray(value)) return wordsOfObject(value as Record<string, unknown>, reader)
  if (value.length === 0) return '—'
  return value.map((one: unknown) => wordsOfValue({ name, reader, value: one })).join('; ')
}

const wordsOfNumber = (name: string, value: number, { currency }: Reader): string => {
  if (name.endsWith('Bps')) return formatBps(value)
  return name.endsWith('Minor') && isCurrency(currency)
    ? formatMoney(value, currency)
    : String(value)
}

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

const wordsOfText = (value: string, { names, time }: Reader): string =>
  names.get(value) ?? (INSTANT.test(value) ? time(value) : value)

const wordsOfObject = (object: Record<string, unknown>, reader: Reader): string => {
  const currency = isCurrency(object.currency) ? object.currency : reader.currency
  return Object.entries(object)
    .filter(([name, value]) => name !== 'id' && value !== null)
    .map(([name, value]) => {
      return `${name}: ${wordsOfValue({ name, reader: { ...reader, currency }, value })}`
    })
    .join(', ')
}
