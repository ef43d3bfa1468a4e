import type { Adapter } from './defineAdapter.ts'
import { admitadAdapter } from './admitad.ts'
import { awinAdapter } from './awin.ts'
import { csvAdapter } from './csv.ts'
import { cuelinksAdapter } from './cuelinks.ts'
import { vcommissionAdapter } from './vcommission.ts'

export type { Adapter, Wiring } from './defineAdapter.ts'

/** Every adapter, by the name that database rows store. */
export const ADAPTERS: Readonly<Record<string, Adapter>> = {
  admitad: admitadAdapter,
  awin: awinAdapter,
  csv: csvAdapter,
  cuelinks: cuelinksAdapter,
  vcommission: vcommissionAdapter,
}

/** Finds an adapter by name; null if there is none, for example because it was removed. */
export const findAdapter = (name: string): Adapter | null =>
  Object.hasOwn(ADAPTERS, name) ? (ADAPTERS[name] ?? null) : null
