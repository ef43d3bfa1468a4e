import type { SaleStatus } from '../../domain/sale.ts'
import type { CsvMapping } from './csvMapping.ts'

/** An amount with a point before its decimals, whatever the file has. */
export const plainAmount = (text: string, { decimalSign }: CsvMapping): string =>
  decimalSign === '.' ? text : text.replaceAll('.', '').replace(',', '.')

const DATE = /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?=$|[T ])/

/** A time that begins with year, month and day, whatever their order in the file. */
export const dateFirst = (text: string, { dateOrder }: CsvMapping): string =>
  text.replace(DATE, (_date, ...parts: string[]) => {
    const [first = '', second = '', third = ''] = parts
    const [year, month, day] =
      dateOrder === 'ymd'
        ? [first, second, third]
        : dateOrder === 'dmy'
          ? [third, second, first]
          : [third, first, second]
    return [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-')
  })

/** Our word for a state, where the mapping has one. */
export const statusIn = ({ statuses }: CsvMapping, word: string): SaleStatus =>
  Object.entries(statuses).find(([name]) => name.toLowerCase() === word.toLowerCase())?.[1] ??
  'unknown'
