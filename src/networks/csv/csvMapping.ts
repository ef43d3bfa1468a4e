import { z } from 'zod'

import { utcOffset } from '../parts/fields.ts'
import { SALE_STATUSES } from '../../domain/sale.ts'

const column = z.string().min(1)

/** Which column holds what, by the names in the first line; a value, so that an admin can write it. */
export const csvMapping = z.strictObject({
  columns: z.strictObject({
    /** Absent: ids are made of what does not change in a sale. */
    externalId: column.optional(),
    orderId: column.optional(),
    clickId: column.optional(),
    merchantId: column.optional(),
    merchantName: column.optional(),
    status: column,
    sale: column.optional(),
    commission: column,
    currency: column.optional(),
    eventAt: column,
    clickedAt: column.optional(),
    changedAt: column.optional(),
    returnOf: column.optional(),
    comment: column.optional(),
  }),
  /** The network's words for states, in any case, as ours; another word is `unknown`. */
  statuses: z.record(z.string(), z.enum(SALE_STATUSES)),
  /** Where there is no column for it, or nothing in it. */
  currency: z.string().length(3).optional(),
  delimiter: z.string().length(1).default(','),
  decimalSign: z.enum(['.', ',']).default('.'),
  dateOrder: z.enum(['ymd', 'dmy', 'mdy']).default('ymd'),
  utcOffset: utcOffset.default('+00:00'),
})

export type CsvMapping = z.output<typeof csvMapping>
