import { randomUUID } from 'node:crypto'

import { control } from '../control.ts'
import { NETWORKS, type NetworkName } from '../stories/networkSettings.ts'
import type { Testbed } from '../stories/startTestbed.ts'

const DAY_MS = 86_400_000
/** Waves are days apart; an earlier one changes its state while a later one comes. */
const STATES = ['approved', 'declined', 'approved', 'paid'] as const
/** CueLinks has the smallest pages, and reads all of them again. */
const PARTS: Record<NetworkName, number> = {
  admitad: 0.32,
  vcommission: 0.32,
  cuelinks: 0.04,
  awin: 0.32,
}

export type Wave = { at: Date; rows: number }

/** Members with clicks at every network, made by SQL: nobody signs in. */
export const aCrowd = async (
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
  const shop = {
    name: 'Corner & Co',
    slug: `shop-${randomUUID()}`,
    rateBasis: 'commission' as const,
  }
  const merchant = await product.payload.create({
    collection: 'merchants',
    data: { ...shop, rateBps: 7_000 } as never,
    depth: 0,
  })
  const made = {} as Record<NetworkName, string[]>
  for (const name of NETWORKS) {
    const ids = Array.from({ length: clicks }, () => randomUUID().replaceAll('-', '').slice(0, 27))
    made[name] = ids
    await product.query(
      `insert into clicks (id, click_id, member_id, merchant_id, network_id, rate_basis, rate_bps, url)
       select time_ordered_uuid(), c.id, ($2::uuid[])[1 + c.n % $3::int], $4, $5, 'commission', 7000, 'x'
       from unnest($1::text[]) with ordinality as c (id, n)`,
      [ids, people, members, merchant.id, networks[name]],
    )
  }
  return made
}

/**
 * What networks will have told by the end: a wave every day, all of it pending at first and settled
 * two days later.
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
        count: Math.ceil((rows / count) * PARTS[network]),
        seed: 1 + wave,
        clickIds: clicks[network],
        from: new Date(from.getTime() + DAY_MS / 4).toISOString(),
        to: new Date(at.getTime() - DAY_MS / 4).toISOString(),
        status: STATES[wave % STATES.length],
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
