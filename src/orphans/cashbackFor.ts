import { type CashbackRate, cashbackOf } from '../domain/cashback.ts'
import type { Orphan } from './types.ts'

/** What a member would get of a sale as it looks now, at this rate. */
export const cashbackFor = (orphan: Orphan, rate: CashbackRate = orphan.rate): number =>
  cashbackOf({
    commissionMinor: orphan.commissionMinor,
    returnedMinor: orphan.returnedMinor,
    saleMinor: orphan.saleMinor,
    rate,
  })
