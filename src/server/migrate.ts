import { randomUUID } from 'node:crypto'

import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import type { MigrateUpArgs } from '@payloadcms/db-postgres'
import { Client } from 'pg'

export type Migration = { name: string; up: (args: MigrateUpArgs) => Promise<void> }
export type MigrationReport = { applied: string[]; ran: string[]; pending: string[] }

/** Any number that nobody else uses; the same in every version of ours. */
const LOCK = 7_472_696_275

/**
 * Brings the database up to date. One process at a time does it (advisory lock), the others wait
 * and find nothing left. Each migration and the note that it ran commit together: one that fails
 * leaves nothing behind, and those after it do not run.
 *
 * @throws Error the migration's own, or when the database holds what we do not know
 */
export const migrate = async ({
  checkOnly = false,
  databaseUrl,
  migrations,
}: {
  checkOnly?: boolean
  databaseUrl: string
  migrations: Migration[]
}): Promise<MigrationReport> => {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    if (!checkOnly) await client.query('select pg_advisory_lock($1)', [LOCK])
    const before = await appliedMigrations(client)
    assertKnown(before, migrations)
    const todo = migrations.filter(({ name }) => !before.includes(name))
    if (checkOnly) return { applied: before, ran: [], pending: todo.map(({ name }) => name) }

    // A migration that waits for a busy table would make the whole site wait behind it.
    await client.query(`set lock_timeout = '10s'`)
    for (const migration of todo) await apply(client, migration)
    const after = await appliedMigrations(client)
    const pending = migrations.filter(({ name }) => !after.includes(name)).map(({ name }) => name)
    if (pending.length > 0) throw new Error(`Not applied after all: ${pending.join(', ')}`)
    return { applied: after, ran: todo.map(({ name }) => name), pending }
  } finally {
    await client.end() // lets the lock go
  }
}

const appliedMigrations = async (client: Client): Promise<string[]> => {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('payload_migrations') is not null as there`,
  )
  if (!rows[0]?.there) return []
  const applied = await client.query<{ name: string }>(
    'select name from payload_migrations order by name',
  )
  return applied.rows.map(({ name }) => name)
}

/** A name we lack means that a newer version was here, or that the schema was pushed by hand. */
const assertKnown = (applied: string[], migrations: Migration[]): void => {
  const unknown = applied.filter((name) => !migrations.some((known) => known.name === name))
  if (unknown.length === 0) return
  throw new Error(`The database has migrations this version does not know: ${unknown.join(', ')}`)
}

const apply = async (client: Client, { name, up }: Migration): Promise<void> => {
  await client.query('begin')
  try {
    // Migrations use the connection alone, so nothing of Payload has to be started for them.
    await up({ db: drizzle(client) } as unknown as MigrateUpArgs)
    await client.query(
      `insert into payload_migrations (id, name, batch, created_at, updated_at)
       values ($1, $2, (select coalesce(max(batch), 0) + 1 from payload_migrations), now(), now())`,
      [randomUUID(), name],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`Migration ${name} failed and was rolled back`, { cause: error })
  }
}
