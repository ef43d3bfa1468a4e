import { now as clockNow } from '../clock.ts'
import type { Network, SaleWindow } from '../networks/types.ts'
import type { NetworkRow } from './networkRow.ts'
import { windowsOf } from './windowsOf.ts'

type Asking = { row: NetworkRow; network: Network; asked: { from: Date; to: Date } | undefined }

/** What a network is to be asked for now: what somebody chose, or what its watermarks say. */
export const windowsFor = ({ asked, network, row }: Asking): SaleWindow[] =>
  windowsOf({
    asked,
    capabilities: network.capabilities,
    eventWatermark: dateOf(row.eventWatermark),
    changeWatermark: dateOf(row.changeWatermark),
    overlapHours: row.overlapHours,
    now: clockNow(),
  })

const dateOf = (text: string | null): Date | null => (text ? new Date(text) : null)
