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
/** The columns of a table by field name, as far as a hook uses them. */
export type Columns<Name extends string> = Record<Name, AnyPgColumn>
/** Types the columns that the CHECKs and indexes of a table use. */
export const rules =
  <Name extends string>(build: (columns: Columns<Name>) => object) =>
  (self: Record<string, unknown>): object =>
    build(self as Columns<Name>)

type Table = PgTableWithColumns<TableConfig>

/** An integer column. Payload's number column is `numeric`, which would hold half a paisa. */
export const integer = (name: string) => bigint(name, { mode: 'number' })

/**
 * A CHECK that keeps an amount within the exact integers of JavaScript: beyond 2^53 − 1 the driver
 * would round it without an error.
 */
export const countable = (name: string, column: AnyPgColumn) =>
  check(name, sql`${column} between -9007199254740991 and 9007199254740991`)

/** Returns the table of a slug (underscores for dashes). @throws Error when the table is missing */
export const tableOf = (tables: Record<string, unknown>, name: string): Table => {
  const table = tables[name] as Table | undefined
  if (!table) throw new Error(`No table "${name}" to extend.`)
  return table
}
