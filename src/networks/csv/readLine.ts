import { z } from 'zod'

import { maybeText, someText } from '../parts/fields.ts'
import { instantOf, maybeInstantOf } from '../parts/instantOf.ts'
import { madeId } from '../parts/madeId.ts'
import { currencyOf, minorOf } from '../parts/minorOf.ts'
import type { SaleRow } from '../types.ts'
import { dateFirst, plainAmount, statusIn } from './cells.ts'
import type { CsvMapping } from './csvMapping.ts'

/** A line of a file: where it stands, and its cells by the names of their columns. */
export type CsvLine = { line: number; cells: Record<string, string> }

/** Longer than any network's; an index could not hold what a broken file may have there. */
const MOST_CHARACTERS = 255
const maybeId = maybeText.refine((id) => (id?.length ?? 0) <= MOST_CHARACTERS, 'is too long')

const Line = z.object({
  externalId: maybeId,
  orderId: maybeId,
  clickId: maybeId,
  merchantId: maybeId,
  merchantName: maybeText,
  status: someText,
  sale: maybeText,
  commission: someText,
  currency: someText,
  eventAt: someText,
  clickedAt: maybeText,
  changedAt: maybeText,
  returnOf: maybeId,
  comment: maybeText,
})

/** Reads a line as the mapping says. */
export const readLine = (raw: CsvLine, mapping: CsvMapping): SaleRow => {
  const { utcOffset } = mapping
  const { changedAt, clickedAt, commission, sale, status, ...said } = lineOf(raw, mapping)
  const currency = currencyOf(said.currency)
  const minor = (text: string) => minorOf(plainAmount(text, mapping), currency)
  const when = (text: string | null) =>
    text === null ? null : maybeInstantOf(dateFirst(text, mapping), utcOffset)
  const eventAt = instantOf(dateFirst(said.eventAt, mapping), utcOffset)
  return {
    ...said,
    externalId: said.externalId ?? madeId({ ...said, eventAt }),
    isIdMade: said.externalId === null,
    status: statusIn(mapping, status),
    rawStatus: status,
    saleMinor: sale === null ? null : minor(sale),
    commissionMinor: minor(commission),
    currency,
    eventAt,
    clickedAt: when(clickedAt),
    changedAt: when(changedAt),
    raw,
  }
}

const lineOf = ({ cells }: CsvLine, { columns, currency }: CsvMapping) => {
  const found = Object.entries(columns).map(([field, name]) => [
    field,
    Object.hasOwn(cells, name) ? cells[name] : undefined,
  ])
  const line = Object.fromEntries(found) as Record<string, string | undefined>
  return Line.parse({ ...line, currency: line.currency?.trim() ? line.currency : currency })
}
