import type { Payload } from 'payload'

import { formatCount } from '../../../../src/admin/format/counts.ts'
import type { Badge } from '../../../adminViews/AdminViewLink.tsx'
import { listHeld } from '../../../../src/cashback/ingestion/overview/listHeld.ts'
import { readDb } from '../../../../src/database/readDb.ts'
import { loadNetworks } from './loadOverview.ts'

/**
 * The badge of the networks view: the failing networks, else the credits that wait for a second
 * person, else the count of unattributed transactions.
 */
export const loadNetworksBadge = async (payload: Payload): Promise<Badge | null> => {
  const networks = await loadNetworks({ payload })
  const failing = networks.filter(({ isOn, problem }) => isOn && problem !== null).length
  if (failing > 0) return { text: `${formatCount(failing)} failing`, isBad: true }
  const held = (await listHeld(await readDb({ payload }))).length
  if (held > 0) return { text: `${formatCount(held)} to decide`, isBad: false }
  const unattributed = networks.reduce((sum, network) => sum + network.unattributed, 0)
  return unattributed > 0 ? { text: formatCount(unattributed), isBad: false } : null
}
