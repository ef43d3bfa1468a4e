import { createHash } from 'node:crypto'

import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { addDays } from '../domain/dates.ts'
import { DomainError } from '../domain/errors.ts'
import { fileTypeOf } from '../domain/fileType.ts'
import { transactionOf } from '../ledger/transactionOf.ts'
import { fileName } from './fileName.ts'

export type Upload = {
  member: string
  name: string
  /** What its sender says that it is. */
  type: string
  content: Buffer
  now: Date
}
export type StoredFile = { id: string; name: string; type: string; bytes: number }

export const MOST_FILE_BYTES = 3 * 1024 * 1024
const MOST_A_DAY = 20

/**
 * Keeps a file of a member, its bytes beside its row, in the caller's transaction. It counts
 * against those of the last day.
 *
 * @throws DomainError `claim-file.type` it is of another kind, or not what it is said to be
 * @throws DomainError `claim-file.too-large`, `claim-file.too-many`
 */
export const storeFile = async (req: PayloadRequest, upload: Upload): Promise<StoredFile> => {
  const { content, member, now } = upload
  const type = fileTypeOf(content)
  if (type === null || type !== upload.type) {
    throw new DomainError('claim-file.type', 'Send a JPEG, PNG or WebP picture, or a PDF.')
  }
  if (content.length > MOST_FILE_BYTES) throw tooLarge()
  await requireRoom(req, { member, now })

  const file = { name: fileName(upload.name, type), type, bytes: content.length }
  const sha256 = createHash('sha256').update(content).digest('hex')
  const at = now.toISOString()
  const db = await transactionOf(req)
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into claim_files (id, member_id, name, type, bytes, sha256, created_at, updated_at)
    values (time_ordered_uuid(), ${member}, ${file.name}, ${type}, ${file.bytes}, ${sha256}, ${at}, ${at})
    returning id::text`)
  const id = rows[0]?.id ?? ''
  await db.execute(
    sql`insert into claim_file_bytes (file_id, content) values (${id}, ${content}::bytea)`,
  )
  return { id, ...file }
}

export const tooLarge = (): DomainError =>
  new DomainError('claim-file.too-large', 'A file has at most 3 MB.')

/** One after the other for each member, so that many at once are not more than a day has room for. */
const requireRoom = async (
  req: PayloadRequest,
  { member, now }: Pick<Upload, 'member' | 'now'>,
): Promise<void> => {
  const db = await transactionOf(req)
  await db.execute(sql`select 1 from users where id = ${member} for no key update`)
  const { rows } = await db.execute<{ count: string }>(sql`
    select count(*) as count from claim_files
    where member_id = ${member} and created_at > ${addDays(now, -1).toISOString()}`)
  if (Number(rows[0]?.count) < MOST_A_DAY) return
  throw new DomainError('claim-file.too-many', `Send at most ${MOST_A_DAY} files a day.`)
}
