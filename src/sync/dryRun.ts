import { isNews } from '../domain/sale.ts'
import type { RejectedRow, SalePage, SaleRow } from '../networks/types.ts'
import { endOf } from './endOf.ts'
import { holdNetwork, type SkippedRun } from './holdNetwork.ts'
import { pagesToTry } from './pagesToTry.ts'
import type { SyncOptions } from './syncOptions.ts'
import type { RunEnd } from './syncRun.ts'
import { type Trial, tryRows } from './tryRows.ts'

export type DryEnd = (RunEnd & { trial: Trial }) | SkippedRun

type DryOptions = Omit<SyncOptions, 'onPage' | 'request'> & {
  isReplay?: boolean
  /** Told of each page once it is read. */
  onPage?: (page: SalePage) => void
}
type Seen = { sales: Map<string, { row: SaleRow; observedAt: string }>; rejected: RejectedRow[] }

/**
 * Asks a network, or reads its stored pages, as a run would, and tells what a run would change: what
 * was read goes through the reducer itself, in transactions that are rolled back. Nothing is kept
 * but a network's tokens, which it hands out once.
 */
export const dryRun = async (options: DryOptions): Promise<DryEnd> => {
  const { payload, row, signal } = options
  return holdNetwork({ payload, network: row.id, signal, isDry: true }, async (alone) => {
    const seen: Seen = { sales: new Map(), rejected: [] }
    const end = await readAll({ ...options, signal: alone }, seen).catch((error: unknown) => {
      payload.logger.error({ msg: 'a network was not read', network: row.id, err: error })
      return endOf(error)
    })
    const rows = [...seen.sales.values()].map(({ row }) => row)
    const trial = await tryRows(payload, { network: row.id, rows, rejected: seen.rejected })
    return { ...end, trial }
  })
}

/** Each sale once, as it was told last: pages repeat rows, and windows overlap. */
const readAll = async (options: DryOptions, { rejected, sales }: Seen): Promise<RunEnd> => {
  for await (const { observedAt: at, page } of pagesToTry(options)) {
    const observedAt = at.toISOString()
    for (const told of page.rows) {
      const before = sales.get(told.externalId)
      const known = before && { ...before.row, observedAt: before.observedAt }
      if (known && !isNews({ ...told, observedAt }, known)) continue
      sales.set(told.externalId, { row: { ...told, raw: null }, observedAt })
    }
    rejected.push(...page.rejected)
    options.onPage?.(page)
    if (options.signal.aborted) return { status: 'stopped' }
  }
  return { status: 'completed' }
}
