import type { Payload } from 'payload'

import { formatCount } from '../../../src/admin/counts.ts'
import type { Badge } from '../../desks/DeskLink.tsx'
import { loadNetworks } from './loadOverview.ts'

/** What waits at the desk of networks: what fails first, else the sales that belong to nobody. */
export const networksBadge = async (payload: Payload): Promise<Badge | null> => {
  const networks = await loadNetworks({ payload })
  const failing = networks.filter(({ isOn, problem }) => isOn && problem !== null).length
  if (failing > 0) return { text: `${formatCount(failing)} failing`, isBad: true }
  const orphans = networks.reduce((sum, network) => sum + network.orphans, 0)
  return orphans > 0 ? { text: formatCount(orphans), isBad: false } : null
}
