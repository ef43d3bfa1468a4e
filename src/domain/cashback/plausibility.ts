/** The facts of a reported transaction that can be absurd. Amounts in minor units; instants in ISO 8601. */
export type ReportedFacts = {
  externalId: string
  orderId: string | null
  reversalOf: string | null
  subId: string | null
  programId: string | null
  /** Null or zero: the network reports no order value, as for a lead. */
  saleMinor: number | null
  commissionMinor: number
  currency: string
  eventAt: string
  clickedAt: string | null
  changedAt: string | null
}

type Context = {
  now: Date
  /** When the click that the row names was made; null if it names none of ours. */
  clickAt: string | null
  /** The largest plausible amount of one transaction, by currency. */
  largest: { currency: string; largestMinor: number }[]
  /** True for the rare network with commissions above the order value. */
  paysAboveSale: boolean
}

export type Implausible = { code: string; detail: string }

/** The largest plausible amount where the settings name none for the currency: 10^11 minor units. */
export const LARGEST_MINOR = 100_000_000_000

const HOUR_MS = 3_600_000
/** Clocks differ, and some networks round times up. */
const CLOCK_TOLERANCE_MS = HOUR_MS
/** Some networks report the day of a transaction and no time. */
const CLICK_TOLERANCE_MS = 24 * HOUR_MS
/** Affiliate networks are younger. An earlier date is a misread one. */
const EARLIEST = Date.parse('2000-01-01T00:00:00Z')
/** Longer texts do not fit the indexes of the database. */
const MAX_TEXT = 500

/**
 * Returns why a reported transaction cannot be true; null if it can. The rules are the same for
 * the API, postbacks and files.
 *
 * - `row.text-too-long` an id of more than 500 characters
 * - `row.amount-out-of-range` an amount above the largest plausible one
 * - `row.commission-above-sale` a commission above the order value that the network states
 * - `row.date-out-of-range` a date before 2000, or none
 * - `row.date-in-future` more than an hour from now
 * - `row.before-click` more than a day before the click that it names
 */
export const findImplausible = (row: ReportedFacts, context: Context): Implausible | null =>
  findLongText(row) ?? findAmount(row, context) ?? findDate(row, context)

const findLongText = (row: ReportedFacts): Implausible | null => {
  const fields = ['externalId', 'orderId', 'reversalOf', 'subId', 'programId'] as const
  const field = fields.find((name) => (row[name]?.length ?? 0) > MAX_TEXT)
  if (!field) return null
  return { code: 'row.text-too-long', detail: `${field} has more than ${MAX_TEXT} characters` }
}

const findAmount = (
  row: ReportedFacts,
  { largest, paysAboveSale }: Context,
): Implausible | null => {
  const { commissionMinor, currency, saleMinor } = row
  const most = largest.find((known) => known.currency === currency)?.largestMinor ?? LARGEST_MINOR
  const isTooLarge = [commissionMinor, saleMinor ?? 0].some(
    (minor) => !Number.isSafeInteger(minor) || Math.abs(minor) > most,
  )
  if (isTooLarge) {
    return {
      code: 'row.amount-out-of-range',
      detail: `an amount is above ${most} minor units of ${currency}`,
    }
  }
  if (paysAboveSale || saleMinor === null || saleMinor <= 0 || commissionMinor <= saleMinor) {
    return null
  }
  return {
    code: 'row.commission-above-sale',
    detail: `the commission of ${commissionMinor} is above the order value of ${saleMinor} (minor units of ${currency})`,
  }
}

const findDate = (
  { changedAt, clickedAt, eventAt }: ReportedFacts,
  { clickAt, now }: Context,
): Implausible | null => {
  const dates = Object.entries({ eventAt, clickedAt, changedAt })
  for (const [field, text] of dates) {
    if (text === null) continue
    const at = Date.parse(text)
    // Written so that an unreadable date is out of range too.
    if (!(at >= EARLIEST)) {
      return { code: 'row.date-out-of-range', detail: `${field} is ${text}` }
    }
    if (at > now.getTime() + CLOCK_TOLERANCE_MS) {
      return { code: 'row.date-in-future', detail: `${field} is ${text}` }
    }
  }
  if (clickAt === null || Date.parse(eventAt) >= Date.parse(clickAt) - CLICK_TOLERANCE_MS) {
    return null
  }
  return { code: 'row.before-click', detail: `the order is of ${eventAt}, its click of ${clickAt}` }
}
