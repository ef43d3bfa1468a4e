import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import type { CsvSettings } from '../networks/csv.ts'
import { csvAdapter } from '../networks/csv/csvAdapter.ts'
import type { CsvMapping } from '../networks/csv/csvMapping.ts'

/** A network that is read from files. */
export type FileNetwork = {
  id: string
  name: string
  /** How its files are read; null while its settings are not of the form that reading needs. */
  mapping: CsvMapping | null
}

/** Networks that are read from files, switched on or not, by name. */
export const listFileNetworks = async (db: Database): Promise<FileNetwork[]> => {
  const { rows } = await db.execute<{ id: string; name: string; settings: object | null }>(
    sql`select id::text, name, settings from networks where adapter = 'csv' order by name`,
  )
  return rows.map(({ id, name, settings }) => ({ id, name, mapping: mappingIn(settings) }))
}

const mappingIn = (settings: object | null): CsvMapping | null => {
  const read = csvAdapter.settings.safeParse(settings ?? {})
  return read.success ? (read.data as CsvSettings).mapping : null
}
