import { randomUUID } from 'node:crypto'

import { createMerchant } from '../../support/cashbackFactories.ts'
import { insertClicks } from '../../support/insertRows.ts'
import { control } from '../control.ts'
import { NETWORKS, type NetworkName } from '../stories/networkSettings.ts'
import type { Testbed } from '../stories/startTestbed.ts'

const DAY_MS = 86_400_000
/** The final status of each wave in turn. Earlier waves get theirs while later ones arrive. */
const FINAL_STATUSES = ['approved', 'declined', 'approved', 'paid'] as const
/**
 * The share of the rows by network. CueLinks has few: its pages are small, and all are read each
 * time.
 */
const SHARES: Record<NetworkName, number> = {
  admitad: 0.32,
  vcommission: 0.32,
  cuelinks: 0.04,
  awin: 0.32,
}

export type Wave = { at: Date; rows: number }

/**
 * Creates members with clicks at every network. Members are inserted by SQL: they never sign in.
 */
export const createCrowd = async (
  { networks, product }: Testbed,
  { clicks, members }: { members: number; clicks: number },
): Promise<Record<NetworkName, string[]>> => {
  const people = Array.from({ length: members }, () => randomUUID())
  await product.query(
    `insert into users (id, name, email, role, invite_code, created_at, updated_at)
     select id, 'crowd', id || '@crowd.test', 'member', upper(replace(id::text, '-', '')), now(), now()
     from unnest($1::uuid[]) id`,
    [people],
  )
  const rate = { rateBasis: 'commission', rateBps: 7_000 }
  const merchant = (await createMerchant(product.payload, rate)).id
  const made = {} as Record<NetworkName, string[]>
  for (const name of NETWORKS) {
    made[name] = await insertClicks(
      { sql: product.query },
      { count: clicks, members: people, merchant, network: networks[name] },
    )
  }
  return made
}

/**
 * Plans what networks report: a wave of orders every day, all of them pending at first and with
 * their final status two days later.
 */
export const planWaves = async (
  { simulator: { url } }: Testbed,
  { clicks, count, rows, startAt }: Plan,
): Promise<Wave[]> => {
  const waves: Wave[] = []
  for (let wave = 0; wave < count; wave += 1) {
    const from = new Date(startAt.getTime() + wave * DAY_MS)
    const at = new Date(from.getTime() + DAY_MS)
    for (const network of NETWORKS) {
      await control(url, '/orders/generate', {
        network,
        count: Math.ceil((rows / count) * SHARES[network]),
        seed: 1 + wave,
        clickIds: clicks[network],
        from: new Date(from.getTime() + DAY_MS / 4).toISOString(),
        to: new Date(at.getTime() - DAY_MS / 4).toISOString(),
        status: FINAL_STATUSES[wave % FINAL_STATUSES.length],
        changedAt: new Date(at.getTime() + 2 * DAY_MS - DAY_MS / 4).toISOString(),
      })
    }
    waves.push({ at, rows: Math.ceil(rows / count) })
  }
  return waves
}

type Plan = {
  clicks: Record<NetworkName, string[]>
  count: number
  rows: number
  startAt: Date
}
