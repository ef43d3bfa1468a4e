import type { PostgresAdapter, PostgresAdapterArgs } from '@payloadcms/db-postgres'

type BeforeSchemaHook = NonNullable<PostgresAdapterArgs['beforeSchemaInit']>[number]

/**
 * Columns whose index Payload makes and nothing asks for, of tables that grow by thousands of rows
 * a minute: each index is written with each row, and one on a column that changes keeps an update
 * from staying on its page.
 */
const UNUSED: Record<string, readonly string[]> = {
  network_transactions: ['namedClick', 'network', 'page', 'status', 'subId', 'updatedAt'],
  network_pages: ['updatedAt', 'createdAt'],
  cashback_events: ['click', 'merchant'],
  clicks: ['updatedAt', 'network', 'offer'],
}

/** Takes the indexes that nothing uses out of the schema. */
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
