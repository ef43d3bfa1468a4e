import { sql } from '@payloadcms/db-postgres'

import { DomainError } from '../domain/errors.ts'
import type { Database } from '../ledger/transactionOf.ts'
import { lockNetwork } from '../sync/lockNetwork.ts'
import { loadOrphans } from './loadOrphans.ts'
import type { Orphan } from './types.ts'

/**
 * A sale that may be given to a member, while nobody else gives it away or reads what its network
 * says: held to the end of the transaction.
 *
 * @throws DomainError `request.not-found`
 * @throws DomainError `sale.already-assigned` it has a member
 * @throws DomainError `sale.declined`, `sale.is-return` there is nothing to give
 */
export const lockOrphan = async (db: Database, sale: string): Promise<Orphan> => {
  const { rows: networks } = await db.execute<{ network: string }>(
    sql`select network_id::text as network from network_transactions where id = ${sale}`,
  )
  if (!networks[0]) throw new DomainError('request.not-found', 'Not found.')
  await lockNetwork(db, networks[0].network)

  // A statement of its own, so that it sees what was committed while the lock was awaited.
  const { rows } = await db.execute<{ hasMember: boolean; isReturn: boolean }>(sql`
    select member_id is not null as "hasMember", return_of is not null or commission_minor < 0 as "isReturn"
    from network_transactions where id = ${sale}`)
  const [orphan] = await loadOrphans(db, [sale])
  if (!rows[0] || !orphan) throw new DomainError('request.not-found', 'Not found.')
  if (rows[0].hasMember) throw alreadyAssigned()
  if (rows[0].isReturn) throw new DomainError('sale.is-return', 'Assign the order itself.')
  if (orphan.status === 'declined') {
    throw new DomainError('sale.declined', 'The network has declined this sale.')
  }
  return orphan
}

export const alreadyAssigned = (): DomainError =>
  new DomainError('sale.already-assigned', 'This sale has a member, or is about to.')
