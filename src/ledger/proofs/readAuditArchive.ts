import { createHash } from 'node:crypto'

import { hashArchive, readArchive } from '../../platform/archives/archiveFile.ts'
import type { Proof } from './proofStore.ts'

type Archived = { rows: number; hash: string } | { problem: 'changed' | 'removed'; detail: string }

/**
 * Counts and chains the audit rows in the file of an archived day, as `proof_chain` does in SQL. A
 * missing or damaged file is returned as a problem.
 */
export const readAuditArchive = async (
  dir: string,
  { archive }: Pick<Proof, 'archive'>,
): Promise<Archived> => {
  if (!archive) throw new Error('The day is not archived.')
  const { file, sha256 } = archive
  const found = await hashArchive(dir, file)
  if (found === null) return { problem: 'removed', detail: `the file ${file} is missing` }
  if (found !== sha256) return { problem: 'changed', detail: `the file ${file} was changed` }
  return chainArchive(dir, file)
}

/** Counts and chains the lines of an archive, without its first line, which describes the file. */
export const chainArchive = async (
  dir: string,
  file: string,
): Promise<{ rows: number; hash: string }> => {
  let state: Buffer = Buffer.alloc(32)
  let rows = -1
  for await (const line of readArchive(dir, file)) {
    rows += 1
    if (rows > 0) state = sha256(Buffer.concat([state, sha256(line)]))
  }
  return { rows: Math.max(rows, 0), hash: state.toString('hex') }
}

const sha256 = (data: Buffer | string): Buffer => createHash('sha256').update(data).digest()
