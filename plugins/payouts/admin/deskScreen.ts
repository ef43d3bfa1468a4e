import type { Times } from '../../../src/admin/format/times.ts'
import type { DeskQuery } from '../../../src/payouts/desk/deskQuery.ts'
import { formatDeskQuery } from '../../../src/payouts/desk/deskQuery.ts'

/** The context that every part of the desk gets from the server. */
export type DeskScreen = {
  /** The time of the figures. */
  at: Date
  /** The root of the admin panel. */
  admin: string
  /** The drivers that are set up. */
  drivers: string[]
  /** The viewer is finance or admin. The endpoints check it again. */
  mayAct: boolean
  query: DeskQuery
  times: Times
  /** The id of the signed-in person. */
  viewer: string
}

export const DESK_PATH = '/withdrawals'

/** The address of the desk with another tab, filter, page or withdrawal. */
export const deskHref = (
  { admin, query }: Pick<DeskScreen, 'admin' | 'query'>,
  over: Partial<DeskQuery> = {},
): string => `${admin}${DESK_PATH}${formatDeskQuery(query, over)}`

/** Whole seconds since an instant; 0 for one in the future. */
export const secondsSince = (at: string, now: Date): number =>
  Math.max(0, Math.round((now.getTime() - new Date(at).getTime()) / 1_000))
