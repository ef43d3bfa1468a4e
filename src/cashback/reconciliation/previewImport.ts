import type { Payload } from 'payload'

import { type DryCounts, tryRows } from '../ingestion/tryRows.ts'
import type { TransactionPage, TransactionRow } from '../networks/types.ts'

type Options = {
  /** The id of the network's row. */
  network: string
  pages: TransactionPage[]
  /** The time that the file's content is of. */
  observedAt: Date
  signal?: AbortSignal | undefined
}

/** What an import would do; amounts in minor units, by currency. */
export type ImportEffect = Pick<DryCounts, 'cashback' | 'changed' | 'created' | 'unattributed'>

/**
 * Previews the import of a file: the transactions that would be new or changed, and what would be
 * credited to wallets and taken back. Writes nothing. Of two lines with one id the later counts, as
 * in the import.
 */
export const previewImport = async (
  payload: Payload,
  { network, observedAt, pages, signal }: Options,
): Promise<ImportEffect> => {
  const latest = new Map<string, TransactionRow>()
  for (const { rows } of pages) {
    for (const row of rows) latest.set(row.externalId, { ...row, raw: null })
  }
  const trial = { network, observedAt, rejected: [], rows: [...latest.values()], signal }
  const { cashback, changed, created, unattributed } = await tryRows(payload, trial)
  return { cashback, changed, created, unattributed }
}
