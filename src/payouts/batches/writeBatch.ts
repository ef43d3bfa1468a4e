import { createHash } from 'node:crypto'

import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { readDb } from '../../database/readDb.ts'
import { DomainError } from '../../domain/errors.ts'
import { recordAudit } from '../../platform/audit/recordAudit.ts'
import { decrypt } from '../../platform/encryption.ts'
import { loadOrders } from '../attempts/loadOrder.ts'
import { type BankFile, writeBankFile } from '../bankFiles/writeBankFile.ts'
import type { PayoutOrder } from '../drivers/types.ts'
import { findPayouts } from '../findPayouts.ts'
import { type BatchRow, findBatch, storeDownload } from './batchStore.ts'
import { contactsContext } from './createBatch.ts'
import { NOT_PAID } from './resolveAttempt.ts'

export type WrittenBatch = Omit<BankFile, 'content'> & {
  content: AsyncIterable<Buffer>
  sha256: string
  bytes: number
}

/**
 * Writes the file of a batch, with the same bytes each time. It is written twice, so that nothing of
 * a file leaves that has another hash than the first one; both times it takes no memory for its
 * length, but a pain.001 is held once. Audited. Must run outside of a transaction.
 *
 * @throws DomainError `request.not-found` there is no such batch
 * @throws DomainError `withdrawal.paid-late` an earlier attempt of one of its withdrawals may have
 *   been paid, so that the file would pay twice
 * @throws DomainError `payout-batch.resolved` a person found that the bank did not pay one of them
 * @throws DomainError `payout-file.changed` the file would differ from the first one
 */
export const writeBatch = async (
  req: PayloadRequest,
  { id, now }: { id: string; now: Date },
): Promise<WrittenBatch> => {
  const db = await readDb(req)
  const batch = await findBatch(db, { id })
  if (!batch) throw new DomainError('request.not-found', 'Not found.')
  await refuseRepeat(db, id)
  const { bytes, sha256 } = await measure(openFile(req, db, batch))
  if (batch.sha256 !== null && batch.sha256 !== sha256) {
    const message = 'The file would not be the one of the first download. Do not send it again.'
    throw new DomainError('payout-file.changed', message)
  }
  await inTransaction(req, async () => {
    await storeDownload(await dbIn(req), { id, sha256, now })
    const after = { reference: batch.reference, sha256 }
    await recordAudit({ req, action: 'download', subject: 'payout-batches', subjectId: id, after })
  })
  const file = openFile(req, db, batch)
  return { ...file, content: toBuffers(file), bytes, sha256 }
}

const refuseRepeat = async (db: Database, batch: string): Promise<void> => {
  const { rows } = await db.execute<{ reference: string; isLate: boolean }>(sql`
    select w.reference, late.id is not null as "isLate"
    from payout_attempts a
    join withdrawals w on w.id = a.withdrawal_id
    left join payout_attempts late
      on late.withdrawal_id = a.withdrawal_id and late.late_status = 'open'
    where a.batch_id = ${batch} and (late.id is not null or a.code = ${NOT_PAID})
    order by 2 desc, 1
    limit 1`)
  const [row] = rows
  if (!row) return
  const { isLate, reference } = row
  if (isLate) {
    const message = `An attempt of ${reference} was reported as paid after its money had gone back. Answer that first.`
    throw new DomainError('withdrawal.paid-late', message)
  }
  const message = `A person found that the bank did not pay ${reference}. The file would pay it now.`
  throw new DomainError('payout-batch.resolved', message)
}

const openFile = (req: PayloadRequest, db: Database, batch: BatchRow): BankFile =>
  writeBankFile({
    profile: batch.profile,
    orders: readOrders(req, db, batch),
    batchKey: batch.reference,
    date: new Date(batch.payDate),
  })

/** Orders of one statement. */
const PAGE = 500

type Contacts = Record<string, { email: string; phone: string | null }>

/** The orders of a batch by the keys of their attempts, a page at a time. */
async function* readOrders(
  req: PayloadRequest,
  db: Database,
  { id, reference, sealedContacts }: BatchRow,
): AsyncGenerator<PayoutOrder> {
  const { encryptionKey } = findPayouts(req.payload)
  const contacts = (
    sealedContacts === null
      ? {}
      : JSON.parse(decrypt(encryptionKey, sealedContacts, contactsContext(reference)))
  ) as Contacts
  const { rows } = await db.execute<{ key: string }>(
    sql`select key from payout_attempts where batch_id = ${id} order by key collate "C"`,
  )
  for (let at = 0; at < rows.length; at += PAGE) {
    const keys = rows.slice(at, at + PAGE).map(({ key }) => key)
    for (const order of await loadOrders(db, { keys, encryptionKey })) {
      const contact = contacts[order.recipient.memberId] ?? { email: '', phone: null }
      yield { ...order, recipient: { ...order.recipient, ...contact } }
    }
  }
}

async function* toBuffers({ content }: BankFile): AsyncGenerator<Buffer> {
  for await (const part of content) yield Buffer.from(part)
}

const measure = async (file: BankFile): Promise<{ bytes: number; sha256: string }> => {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const part of toBuffers(file)) {
    hash.update(part)
    bytes += part.length
  }
  return { bytes, sha256: hash.digest('hex') }
}
