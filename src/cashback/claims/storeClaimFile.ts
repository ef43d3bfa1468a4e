import { createHash } from 'node:crypto'

import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { addDays } from '../../domain/dates.ts'
import { DomainError } from '../../domain/errors.ts'
import { detectFileType } from '../../domain/fileType.ts'
import { dbIn } from '../../database/dbIn.ts'
import { cleanFileName } from './cleanFileName.ts'

export type Upload = {
  member: string
  name: string
  /** The media type by the sender. */
  type: string
  content: Buffer
  now: Date
}
export type StoredFile = { id: string; name: string; type: string; bytes: number }

export const MAX_CLAIM_FILE_BYTES = 3 * 1024 * 1024
const MAX_FILES_PER_DAY = 20

/**
 * Stores a member's file for a claim, row and bytes, in the caller's database transaction.
 *
 * @throws DomainError `claim-file.type` the type is not accepted, or not the type of the content
 * @throws DomainError `claim-file.too-large` more than 3 MB
 * @throws DomainError `claim-file.too-many` the member stored 20 files in the last 24 hours
 */
export const storeClaimFile = async (req: PayloadRequest, upload: Upload): Promise<StoredFile> => {
  const { content, member, now } = upload
  const type = detectFileType(content)
  if (type === null || type !== upload.type) {
    throw new DomainError('claim-file.type', 'Send a JPEG, PNG or WebP picture, or a PDF.')
  }
  if (content.length > MAX_CLAIM_FILE_BYTES) throw fileTooLarge()
  await requireRoom(req, { member, now })

  const file = { name: cleanFileName(upload.name, type), type, bytes: content.length }
  const sha256 = createHash('sha256').update(content).digest('hex')
  const at = now.toISOString()
  const db = await dbIn(req)
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into claim_files (id, member_id, name, type, bytes, sha256, created_at, updated_at)
    values (time_ordered_uuid(), ${member}, ${file.name}, ${type}, ${file.bytes}, ${sha256},
      ${at}, ${at})
    returning id::text`)
  const id = rows[0]?.id ?? ''
  await db.execute(
    sql`insert into claim_file_bytes (file_id, content) values (${id}, ${content}::bytea)`,
  )
  return { id, ...file }
}

export const fileTooLarge = (): DomainError =>
  new DomainError('claim-file.too-large', 'A file has at most 3 MB.')

/** Locks the member's row, so that uploads at the same time do not exceed the limit together. */
const requireRoom = async (
  req: PayloadRequest,
  { member, now }: Pick<Upload, 'member' | 'now'>,
): Promise<void> => {
  const db = await dbIn(req)
  await db.execute(sql`select 1 from users where id = ${member} for no key update`)
  const { rows } = await db.execute<{ count: string }>(sql`
    select count(*) as count from claim_files
    where member_id = ${member} and created_at > ${addDays(now, -1).toISOString()}`)
  if (Number(rows[0]?.count) < MAX_FILES_PER_DAY) return
  throw new DomainError('claim-file.too-many', `Send at most ${MAX_FILES_PER_DAY} files a day.`)
}
