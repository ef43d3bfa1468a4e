import { admitad } from './formats/admitad/admitad.ts'
import { awin } from './formats/awin.ts'
import { cuelinks } from './formats/cuelinks.ts'
import { vcommission } from './formats/vcommission.ts'
import type { Network } from './types.ts'

/** Every network there is; each simulator has its own, as they remember tokens. */
export const createNetworks = (): Network[] => [admitad(), vcommission(), cuelinks(), awin()]
