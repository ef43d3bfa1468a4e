import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

import { PgDatabase } from '@payloadcms/db-postgres/drizzle/pg-core'

import { inheritedEnv } from '../../../src/config/env.ts'

/** The columns that a call of `execute` returned, each with the types of its values. */
export type RowRecord = { at: string; columns: Record<string, string[]> }

type Returned = { fields?: { name: string }[]; rows?: Record<string, unknown>[] }
type Raw = { execute: (...args: unknown[]) => Promise<Returned> }
type Execute = (this: unknown, query: unknown) => Raw

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const PATCHED = Symbol.for('tributary.recordRows')
/** The call that is recorded, below this function and the patched `execute`. */
const CALLER = 2

/**
 * Records what each `execute<Row>(sql…)` of the sources returns during the tests, for
 * `checkRowTypes`. A record names the call by file and line. The patch stays for the process.
 */
export const recordRows = (records: Map<string, RowRecord>): void => {
  const prototype = PgDatabase.prototype as unknown as { execute: Execute; [PATCHED]?: Execute }
  const original = (prototype[PATCHED] ??= prototype.execute)
  prototype.execute = function execute(query) {
    const at = findCall()
    const raw = original.call(this, query)
    if (at === null) return raw
    const run = raw.execute.bind(raw)
    raw.execute = async (...args) => {
      const returned = await run(...args)
      addRecord(records, at, returned)
      return returned
    }
    return raw
  }
}

/** Writes the records of a test file to the folder that `TEST_ROWS` names, if it is set. */
export const saveRows = (records: Map<string, RowRecord>): void => {
  const folder = inheritedEnv().TEST_ROWS
  if (folder === undefined || records.size === 0) return
  const lines = [...records.values()].map((record) => `${JSON.stringify(record)}\n`)
  fs.appendFileSync(path.join(folder, `${process.pid}.jsonl`), lines.join(''))
  records.clear()
}

const findCall = (): string | null => {
  const frame = new Error().stack?.split('\n')[CALLER + 1] ?? ''
  const [, file, line] = /(?:\(|at )(?:file:\/\/)?(\/[^()]+):(\d+):\d+\)?$/.exec(frame) ?? []
  if (file === undefined || !file.startsWith(ROOT) || file.includes('node_modules')) return null
  return `${file.slice(ROOT.length)}:${line ?? ''}`
}

const addRecord = (records: Map<string, RowRecord>, at: string, returned: Returned): void => {
  const columns = records.get(at)?.columns ?? {}
  for (const { name } of returned.fields ?? []) columns[name] ??= []
  for (const row of returned.rows ?? []) {
    for (const [name, value] of Object.entries(row)) {
      const type = typeOf(value)
      const types = (columns[name] ??= [])
      if (!types.includes(type)) types.push(type)
    }
  }
  records.set(at, { at, columns })
}

const typeOf = (value: unknown): string => {
  if (value === null) return 'null'
  return value instanceof Date ? 'Date' : typeof value
}
