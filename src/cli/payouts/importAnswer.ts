import { readFile } from 'node:fs/promises'
import path from 'node:path'

import type { Payload } from 'payload'

import { readDb } from '../../database/readDb.ts'
import { findBatch } from '../../payouts/batches/batchStore.ts'
import {
  importResults,
  previewResults,
  type ResultCounts,
} from '../../payouts/batches/importResults.ts'
import type { ListedLine } from '../../payouts/batches/listLines.ts'
import { now } from '../../platform/clock.ts'
import { actAs } from './actAs.ts'

export type ImportOptions = {
  file: string
  profile: string
  as: string
  /** The reference of a batch. */
  batch?: string | undefined
  dryRun?: boolean | undefined
}

export type ImportedAnswer = {
  counts: ResultCounts
  /** The lines that change nothing. */
  lines: ListedLine[]
  /** True if each line was taken, or states nothing new. */
  isWhole: boolean
}

/** Imports a bank's answer as a person, or returns what the import would change. */
export const importAnswer = async (
  payload: Payload,
  { as, batch, dryRun, file, profile }: ImportOptions,
): Promise<ImportedAnswer> => {
  const { by, req } = await actAs(payload, as)
  const found =
    batch === undefined ? null : await findBatch(await readDb(req), { reference: batch })
  if (batch !== undefined && !found) throw new Error(`There is no batch ${batch}.`)
  const input = {
    bytes: await readFile(file),
    name: path.basename(file),
    bankProfile: profile,
    batch: found?.id ?? null,
    by,
  }
  const { counts, lines } = dryRun
    ? await previewResults(req, input)
    : await importResults(req, { ...input, now: now() })
  const left = Object.entries(counts).filter(([, count]) => count > 0)
  return {
    counts,
    lines: lines.filter(({ outcome }) => outcome !== 'apply'),
    isWhole: left.every(([outcome]) => outcome === 'apply' || outcome === 'unchanged'),
  }
}
