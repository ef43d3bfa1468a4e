import { z } from 'zod'

import { TRANSACTION_STATUSES } from '../../../domain/cashback/transaction.ts'
import { timeZoneSetting, utcOffsetSetting } from '../parts/fields.ts'

const column = z.string().min(1)

/**
 * The columns of a file, by the names in its first line. Plain data, so that an admin can edit it.
 */
export const csvMapping = z.strictObject({
  columns: z.strictObject({
    /** Default: ids are generated from fields that never change. */
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
    reversalOf: column.optional(),
    comment: column.optional(),
  }),
  /** Our status for each of the network's, in any case. An unmapped status becomes `unknown`. */
  statuses: z.record(z.string(), z.enum(TRANSACTION_STATUSES)),
  /** The currency of lines without one. */
  currency: z.string().length(3).optional(),
  delimiter: z.string().length(1).default(','),
  decimalSign: z.enum(['.', ',']).default('.'),
  dateOrder: z.enum(['ymd', 'dmy', 'mdy']).default('ymd'),
  utcOffset: utcOffsetSetting.default('+00:00'),
  /** The account's time zone, such as `Europe/Berlin`: in place of `utcOffset`, with its summer time. */
  timeZone: timeZoneSetting.optional(),
})

export type CsvMapping = z.output<typeof csvMapping>

/** Example settings of a network that is read from files, as a starting point for an admin. */
export const exampleSettings = {
  mapping: {
    columns: {
      externalId: 'Transaction ID',
      orderId: 'Order ID',
      clickId: 'Sub ID',
      merchantName: 'Advertiser',
      status: 'Status',
      sale: 'Order value',
      commission: 'Commission',
      eventAt: 'Sold on',
    },
    statuses: { Open: 'pending', Confirmed: 'approved', Cancelled: 'declined' },
    currency: 'INR',
    dateOrder: 'dmy',
    utcOffset: '+05:30',
  },
}
