import { randomUUID } from 'node:crypto'

import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import type { MigrateUpArgs } from '@payloadcms/db-postgres'
import { Client } from 'pg'

import { readSqlFiles, type SqlFile } from './sqlFiles.ts'

export type Migration = { name: string; up: (args: MigrateUpArgs) => Promise<void> }

/** Names of migrations and SQL files: applied before, run now, still pending. */
export type MigrationReport = { applied: string[]; ran: string[]; pending: string[] }

/** An arbitrary advisory lock, the same in every version of the product. */
const LOCK = 7_472_696_275

/**
 * Brings the database up to date: runs new migrations, then the SQL files of functions and triggers
 * with changed content. One process at a time migrates (advisory lock); the others wait and find
 * nothing to do. All of it is one transaction: when one part fails, the database stays unchanged.
 *
 * @throws Error of the migration or file, or when the database has migrations that this version
 *   does not know
 */
export const migrate = async ({
  checkOnly = false,
  databaseUrl,
  migrations,
  sqlFiles,
}: {
  checkOnly?: boolean
  databaseUrl: string
  migrations: Migration[]
  /** All of `src` unless given. */
  sqlFiles?: SqlFile[]
}): Promise<MigrationReport> => {
  const files = sqlFiles ?? (await readSqlFiles())
  const client = new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  })
  await client.connect()
  try {
    if (!checkOnly) await client.query('select pg_advisory_lock($1)', [LOCK])
    const before = await readState(client)
    assertKnown(before.migrations, migrations)
    const todo = [
      ...migrations.filter(({ name }) => !before.migrations.includes(name)),
      ...files.filter(({ hash, name }) => before.files.get(name) !== hash),
    ]
    const names = [...migrations, ...files].map(({ name }) => name)
    const pending = todo.map(({ name }) => name)
    const applied = names.filter((name) => !pending.includes(name))
    if (checkOnly || todo.length === 0) return { applied, ran: [], pending }

    // A migration that waits for a busy table blocks all later queries on it.
    await client.query(`set lock_timeout = '10s'`)
    await client.query('begin')
    for (const step of todo) await apply(client, step)
    await client.query('commit')
    return { applied: names, ran: pending, pending: [] }
  } finally {
    // Ends the session: it releases the lock and rolls back what was not committed.
    await client.end()
  }
}

const readState = async (
  client: Client,
): Promise<{ migrations: string[]; files: Map<string, string> }> => {
  const { rows: known } = await client.query<{ migrations: boolean; files: boolean }>(
    `select to_regclass('payload_migrations') is not null as migrations,
       to_regclass('sql_files') is not null as files`,
  )
  const { rows: migrations } = known[0]?.migrations
    ? await client.query<{ name: string }>('select name from payload_migrations order by name')
    : { rows: [] }
  const { rows: files } = known[0]?.files
    ? await client.query<{ name: string; hash: string }>('select name, hash from sql_files')
    : { rows: [] }
  return {
    migrations: migrations.map(({ name }) => name),
    files: new Map(files.map(({ hash, name }) => [name, hash])),
  }
}

/** An unknown name means that a newer version migrated, or that the schema was pushed by hand. */
const assertKnown = (applied: string[], migrations: Migration[]): void => {
  const unknown = applied.filter((name) => !migrations.some((known) => known.name === name))
  if (unknown.length === 0) return
  throw new Error(
    `The database has migrations that this version does not know: ${unknown.join(', ')}`,
  )
}

const apply = async (client: Client, step: Migration | SqlFile): Promise<void> => {
  try {
    await ('text' in step ? applyFile(client, step) : applyMigration(client, step))
  } catch (error) {
    const what = 'text' in step ? 'SQL file' : 'Migration'
    throw new Error(`${what} ${step.name} failed and all was rolled back`, { cause: error })
  }
}

const applyMigration = async (client: Client, { name, up }: Migration): Promise<void> => {
  // Migrations use only the connection, so Payload need not start for them.
  await up({ db: drizzle(client) } as unknown as MigrateUpArgs)
  await client.query(
    `insert into payload_migrations (id, name, batch, created_at, updated_at)
     values ($1, $2, (select coalesce(max(batch), 0) + 1 from payload_migrations), now(), now())`,
    [randomUUID(), name],
  )
}

const applyFile = async (client: Client, { hash, name, text }: SqlFile): Promise<void> => {
  await client.query(
    `create table if not exists sql_files (
       name text primary key, hash text not null, applied_at timestamptz not null)`,
  )
  await client.query(text)
  await client.query(
    `insert into sql_files (name, hash, applied_at) values ($1, $2, now())
     on conflict (name) do update set hash = excluded.hash, applied_at = excluded.applied_at`,
    [name, hash],
  )
}
