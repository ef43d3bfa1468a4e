import type { PayloadRequest } from 'payload'
import { cache } from 'react'

import { isStaff } from '../../../../collections/access.ts'
import { type Times, timesIn } from '../../../../src/admin/format/times.ts'
import { now } from '../../../../src/platform/clock.ts'
import { loadProgramStats, type ProgramStats } from '../../../../src/referrals/loadProgramStats.ts'
import { loadProgramTrend, type ProgramTrend } from '../../../../src/referrals/loadProgramTrend.ts'
import { parseChoice } from '../cost/parseChoice.ts'

export type Dashboard = {
  adminRoute: string
  currency: string
  currencies: string[]
  /** Of the current month. */
  month: ProgramStats
  times: Times
  trend: ProgramTrend
}

/**
 * Loads the figures of the programme's widgets, once per request for all of them. Null for users who
 * are not staff.
 */
export const loadDashboard = cache(async (req: PayloadRequest): Promise<Dashboard | null> => {
  if (!isStaff(req)) return null
  const times = timesIn(req.user?.collection === 'users' ? req.user.timeZone : null)
  const currencies = await currenciesOf(req)
  const { currency } = parseChoice(req.query, currencies)
  const at = now()
  const trend = await loadProgramTrend(req, { currency, now: at, timeZone: times.timeZone })
  const opened = trend.months.at(-1)?.month ?? at
  return {
    adminRoute: req.payload.config.routes.admin,
    currency,
    currencies,
    month: await loadProgramStats(req, { currency, from: new Date(opened), to: at }),
    times,
    trend,
  }
})

const currenciesOf = async (req: PayloadRequest): Promise<string[]> => {
  const { currencies } = await req.payload.findGlobal({
    slug: 'affiliation-config',
    depth: 0,
    overrideAccess: false,
    user: req.user,
    req,
  })
  return (currencies ?? []).map(({ currency }) => currency)
}
