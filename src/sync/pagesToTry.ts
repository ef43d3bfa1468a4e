import { now as clockNow } from '../clock.ts'
import { readerOf } from '../ledger/readerOf.ts'
import type { SalePage } from '../networks/types.ts'
import { openNetwork } from './openNetwork.ts'
import { loadPage, pagesBetween } from './storedPages.ts'
import type { SyncOptions } from './syncOptions.ts'
import { windowsFor } from './windowsFor.ts'

type Source = Pick<SyncOptions, 'asked' | 'payload' | 'row' | 'signal'> & { isReplay?: boolean }

/** The pages of a run with the time at which they were asked for: the network's, or those stored. */
export const pagesToTry = async function* (
  source: Source,
): AsyncGenerator<{ page: SalePage; observedAt: Date }> {
  const { asked, isReplay = false, payload, row, signal } = source
  const network = openNetwork(payload, row)
  if (isReplay) {
    const db = await readerOf({ payload })
    for (const { id } of await pagesBetween(db, { network: row.id, between: asked })) {
      const { body, observedAt } = await loadPage(db, id)
      yield { page: network.readPage(body), observedAt }
    }
    return
  }
  for (const window of windowsFor({ row, network, asked })) {
    let observedAt = clockNow()
    for await (const page of network.listSales(window, { signal })) {
      yield { page, observedAt }
      observedAt = clockNow()
    }
  }
}
