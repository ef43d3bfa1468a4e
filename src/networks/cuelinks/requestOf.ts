import { addressOf } from '../parts/addressOf.ts'
import { wallClock } from '../parts/wallClock.ts'
import type { SaleWindow } from '../types.ts'

export const AUTH_SCHEMES = ['Token token=', 'Bearer'] as const

export type CuelinksAccount = {
  apiKey: string
  publisherId: string
  baseUrl: string
  path: string
  authScheme: (typeof AUTH_SCHEMES)[number]
  /** The clock by which seconds are named. */
  utcOffset: string
}

type Wanted = { account: CuelinksAccount; slice: SaleWindow; page: number; pageSize: number }

/** The request for a page. Which of the paths a key is for only its owner can say. */
export const requestOf = ({ account, page, pageSize, slice }: Wanted) => {
  const { apiKey, authScheme, baseUrl, path, publisherId, utcOffset } = account
  const query = {
    start_date: secondOf(slice.from, utcOffset),
    end_date: secondOf(slice.to, utcOffset),
    page: String(page),
    per_page: String(pageSize),
    // Only the oldest name of the call is told of with it.
    ...(path.includes('getTransactionDetails') ? { publisher_id: publisherId } : {}),
  }
  const authorization = authScheme === 'Bearer' ? `Bearer ${apiKey}` : `Token token="${apiKey}"`
  return { url: addressOf({ baseUrl, path, query }), headers: { authorization } }
}

const secondOf = (at: Date, utcOffset: string): string => {
  const { day, time } = wallClock(at, utcOffset)
  return `${day}T${time}${utcOffset}`
}
