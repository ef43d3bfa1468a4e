import type { Payload } from 'payload'

import { endOf } from './endOf.ts'
import type { NetworkRow } from './networkRow.ts'

type Rows<End> = {
  payload: Payload
  rows: NetworkRow[]
  work: (row: NetworkRow) => Promise<End>
}

/** Does something with networks side by side: one that fails, or hangs, stops no other. */
export const syncAll = <End>({ payload, rows, work }: Rows<End>) =>
  Promise.all(
    rows.map(async (row) => ({
      network: row.name,
      end: await work(row).catch((error: unknown) => {
        payload.logger.error({ msg: 'a network was not read', network: row.name, err: error })
        return endOf(error)
      }),
    })),
  )
