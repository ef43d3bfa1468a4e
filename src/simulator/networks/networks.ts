import { admitad } from './formats/admitad.ts'
import { awin } from './formats/awin.ts'
import { cuelinks } from './formats/cuelinks.ts'
import { vcommission } from './formats/vcommission.ts'
import type { Network } from './types.ts'

/** Creates all networks. Each simulator has its own, because they store tokens. */
export const createNetworks = (): Network[] => [admitad(), vcommission(), cuelinks(), awin()]
