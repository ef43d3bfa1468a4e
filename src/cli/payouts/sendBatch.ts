import { open, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

import type { Payload, PayloadRequest } from 'payload'

import { inTransaction } from '../../database/inTransaction.ts'
import { readDb } from '../../database/readDb.ts'
import { findBatch } from '../../payouts/batches/batchStore.ts'
import { createBatch, type CreatedBatch } from '../../payouts/batches/createBatch.ts'
import { writeBatch } from '../../payouts/batches/writeBatch.ts'
import { now } from '../../platform/clock.ts'
import { actAs } from './actAs.ts'

export type SendOptions = {
  as: string
  out: string
} & ({ profile: string; date: string } | { batch: string })

export type SentBatch = Pick<
  CreatedBatch,
  'count' | 'currency' | 'reference' | 'refused' | 'totalMinor'
> & { fileName: string; sha256: string; hasMore: boolean }

/**
 * Makes a batch of all that are approved with a profile, and writes its file; or writes the file of an
 * earlier batch again. The file is readable by its owner alone, and replaces none.
 */
export const sendBatch = async (payload: Payload, options: SendOptions): Promise<SentBatch> => {
  const { by, req } = await actAs(payload, options.as)
  // Before the batch is made: else its money would have left for a file that cannot be written.
  const out = await open(options.out, 'wx', 0o600)
  try {
    const batch = await openBatch(req, options, by)
    const { content, sha256 } = await writeBatch(req, { id: batch.id, now: now() })
    await pipeline(content, out.createWriteStream()).catch((error: unknown) => {
      const message = `Batch ${batch.reference} is made, but its file was not written. Write it by --batch ${batch.reference}.`
      throw new Error(message, { cause: error })
    })
    return { ...batch, sha256 }
  } catch (error) {
    await rm(options.out, { force: true })
    throw error
  } finally {
    await out.close().catch(() => undefined)
  }
}

const openBatch = async (
  req: PayloadRequest,
  options: SendOptions,
  by: string,
): Promise<CreatedBatch> => {
  if ('profile' in options) {
    const { date: payDate, profile: bankProfile } = options
    const ask = { bankProfile, payDate, ids: null, by, now: now() }
    return inTransaction(req, () => createBatch(req, ask))
  }
  const batch = await findBatch(await readDb(req), { reference: options.batch })
  if (!batch) throw new Error(`There is no batch ${options.batch}.`)
  const { count, currency, fileName, id, reference, totalMinor } = batch
  return { id, reference, fileName, count, totalMinor, currency, refused: [], hasMore: false }
}
