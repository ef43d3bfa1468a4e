import type { PostgresAdapter, PostgresAdapterArgs } from '@payloadcms/db-postgres'

type BeforeSchemaHook = NonNullable<PostgresAdapterArgs['beforeSchemaInit']>[number]

/**
 * Columns with an index of Payload that no query uses, in tables that grow by thousands of rows a
 * minute. Every index costs a write per row, and an index on a changing column prevents HOT
 * updates.
 */
const UNUSED: Record<string, readonly string[]> = {
  network_transactions: ['reportedClick', 'network', 'page', 'status', 'subId', 'updatedAt'],
  network_pages: ['updatedAt', 'createdAt'],
  cashback_events: ['click', 'merchant'],
  clicks: ['updatedAt', 'network', 'offer'],
}

/** Removes these indexes from the schema. */
export const dropUnusedIndexes: BeforeSchemaHook = ({ adapter, schema }) => {
  const { rawTables } = adapter as unknown as PostgresAdapter
  for (const [name, columns] of Object.entries(UNUSED)) {
    const table = rawTables[name]
    if (!table) continue
    const isUsed = ({ on, unique }: { on: string | string[]; unique?: boolean }) =>
      unique === true || ![on].flat().every((column) => columns.includes(column))
    table.indexes = Object.fromEntries(
      Object.entries(table.indexes ?? {}).filter(([, index]) => isUsed(index)),
    )
  }
  return schema
}
