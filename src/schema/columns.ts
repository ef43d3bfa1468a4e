import type { PostgresAdapterArgs } from '@payloadcms/db-postgres'
import { sql } from '@payloadcms/db-postgres'
import {
  type AnyPgColumn,
  bigint,
  check,
  type PgTableWithColumns,
  type TableConfig,
} from '@payloadcms/db-postgres/drizzle/pg-core'

export type SchemaHook = NonNullable<PostgresAdapterArgs['afterSchemaInit']>[number]
export type Columns = Record<string, AnyPgColumn>
type Table = PgTableWithColumns<TableConfig & { columns: Columns }>

/** An integer column. Payload's own number column is `numeric`, which would hold half a paisa. */
export const integer = (name: string) => bigint(name, { mode: 'number' })

/**
 * A CHECK that keeps an amount where JavaScript counts exactly: beyond 2^53 − 1 the driver would
 * round it without a word.
 */
export const countable = (name: string, column: AnyPgColumn | undefined) =>
  check(name, sql`${column} between -9007199254740991 and 9007199254740991`)

/** The table of a slug (underscores for dashes); a missing one is a mistake in the schema hook. */
export const tableOf = (tables: Record<string, unknown>, name: string): Table => {
  const table = tables[name]
  if (!table) throw new Error(`No table "${name}" to extend.`)
  return table as Table
}
