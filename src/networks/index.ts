import type { Adapter } from './adapter.ts'
import { admitadAdapter } from './admitad/admitadAdapter.ts'
import { awinAdapter } from './awin.ts'
import { csvAdapter } from './csv/csvAdapter.ts'
import { cuelinksAdapter } from './cuelinks/cuelinksAdapter.ts'
import { vcommissionAdapter } from './vcommission/vcommissionAdapter.ts'

export type { Adapter, Wiring } from './adapter.ts'

/** Every network that can be opened, by the name that rows know it by. */
export const ADAPTERS: Readonly<Record<string, Adapter>> = {
  admitad: admitadAdapter,
  awin: awinAdapter,
  csv: csvAdapter,
  cuelinks: cuelinksAdapter,
  vcommission: vcommissionAdapter,
}

/** The adapter of that name; null where there is none, such as after it was taken out. */
export const adapterOf = (name: string): Adapter | null =>
  Object.hasOwn(ADAPTERS, name) ? (ADAPTERS[name] ?? null) : null
