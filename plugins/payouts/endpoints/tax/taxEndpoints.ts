import type { Endpoint } from 'payload'

import { setTaxId } from './setTaxId.ts'
import { taxReport } from './taxReport.ts'

export type TaxOptions = {
  /** Multiplies the limits on setting a tax id; null switches them off. */
  rateLimitFactor: number | null
}

/** The routes of `tax-ids`: members set their own, finance and admins read the yearly report. */
export const taxEndpoints = (options: TaxOptions): Endpoint[] => [setTaxId(options), taxReport]
