import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import { csvAdapter, type CsvSettings } from '../networks/csv.ts'
import type { CsvMapping } from '../networks/csv/csvMapping.ts'

/** Every network by name, also those that are off: they may still owe. */
export const listNetworks = async (db: Database): Promise<{ id: string; name: string }[]> => {
  const { rows } = await db.execute<{ id: string; name: string }>(
    sql`select id::text, name from networks order by name`,
  )
  return rows
}

/** A network that is read from files. */
export type FileNetwork = {
  id: string
  name: string
  /** How its files are read; null if its settings are not valid. */
  mapping: CsvMapping | null
}

/** The networks that are read from files, by name, also those that are off. */
export const listFileNetworks = async (db: Database): Promise<FileNetwork[]> => {
  const { rows } = await db.execute<{ id: string; name: string; settings: object | null }>(
    sql`select id::text, name, settings from networks where adapter = 'csv' order by name`,
  )
  return rows.map(({ id, name, settings }) => ({ id, name, mapping: readMapping(settings) }))
}

const readMapping = (settings: object | null): CsvMapping | null => {
  const read = csvAdapter.settings.safeParse(settings ?? {})
  return read.success ? (read.data as CsvSettings).mapping : null
}
