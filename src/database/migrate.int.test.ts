import { sql } from '@payloadcms/db-postgres'
import { Client } from 'pg'

import { migrations } from './migrations/index.ts'
import { cloneDatabase } from '../../test/support/cloneDatabase.ts'
import { migrate, type Migration } from './migrate.ts'
import { readSqlFiles, type SqlFile } from './sqlFiles.ts'

const RECORDED = migrations.map(({ name }) => name)
const FILES = await readSqlFiles()
const NAMES = [...RECORDED, ...FILES.map(({ name }) => name)]

const createEmptyDatabase = () => cloneDatabase('template1')

const query = async <Row>(databaseUrl: string, text: string): Promise<Row[]> => {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return (await client.query(text)).rows as Row[]
  } finally {
    await client.end()
  }
}
const recordedIn = async (databaseUrl: string): Promise<string[]> => {
  const rows = await query<{ name: string }>(
    databaseUrl,
    'select name from payload_migrations order by name',
  )
  return rows.map(({ name }) => name)
}
const relationsIn = async (databaseUrl: string): Promise<string[]> => {
  const rows = await query<{ name: string }>(
    databaseUrl,
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace order by 1`,
  )
  return rows.map(({ name }) => name)
}

const makesTable = (name: string): Migration => ({
  name,
  up: async ({ db }) => {
    await db.execute(sql.raw(`create table ${name} (id int)`))
  },
})
const broken: Migration = {
  name: 'z1_broken',
  up: async (args) => {
    await makesTable('half_done').up(args)
    await args.db.execute(sql`insert into half_done values (1 / 0)`)
  },
}

describe('migrating', () => {
  it('is done once, by one of three that start together on an empty database', async () => {
    const databaseUrl = await createEmptyDatabase()

    const reports = await Promise.all([1, 2, 3].map(() => migrate({ databaseUrl, migrations })))

    expect(await recordedIn(databaseUrl)).toEqual(RECORDED)
    expect(reports.flatMap(({ ran }) => ran)).toEqual(NAMES)
    for (const report of reports) expect(report).toMatchObject({ applied: NAMES, pending: [] })
  })

  it('does nothing when all is applied', async () => {
    const databaseUrl = await cloneDatabase()
    const before = await relationsIn(databaseUrl)

    const report = await migrate({ databaseUrl, migrations })

    expect(report).toEqual({ applied: NAMES, ran: [], pending: [] })
    expect(await relationsIn(databaseUrl)).toEqual(before)
  })

  it('runs only what is new', async () => {
    const databaseUrl = await cloneDatabase()
    const list = [...migrations, makesTable('z1_new')]

    expect((await migrate({ databaseUrl, migrations: list })).ran).toEqual(['z1_new'])
    expect(await recordedIn(databaseUrl)).toEqual([...RECORDED, 'z1_new'])
    expect(await relationsIn(databaseUrl)).toContain('z1_new')
  })
})

describe('a broken migration', () => {
  const list = [...migrations, broken, makesTable('z2_after')]

  it('rolls the whole run back and leaves an empty database empty', async () => {
    const databaseUrl = await createEmptyDatabase()

    await expect(migrate({ databaseUrl, migrations: list })).rejects.toThrow(
      'Migration z1_broken failed and all was rolled back',
    )

    expect(await relationsIn(databaseUrl)).toEqual([])
  })

  it('leaves the tables, functions and records of the version before it', async () => {
    const databaseUrl = await cloneDatabase()
    const before = await relationsIn(databaseUrl)

    const withNew = [...migrations, makesTable('z0_new'), broken]
    await expect(migrate({ databaseUrl, migrations: withNew })).rejects.toThrow('z1_broken')

    expect(await recordedIn(databaseUrl)).toEqual(RECORDED)
    expect(await relationsIn(databaseUrl)).toEqual(before)
  })

  it('gives its own error as the cause', async () => {
    const failure = new Error('the disk is full')
    const failing: Migration = { name: 'z1_failing', up: () => Promise.reject(failure) }
    const databaseUrl = await cloneDatabase()

    const error: unknown = await migrate({
      databaseUrl,
      migrations: [...migrations, failing],
    }).catch((caught: unknown) => caught)

    expect(error).toMatchObject({ message: expect.stringContaining('z1_failing') as string })
    expect((error as Error).cause).toBe(failure)
  })

  it('runs once it is repaired', async () => {
    const databaseUrl = await cloneDatabase()
    await expect(migrate({ databaseUrl, migrations: list })).rejects.toThrow('z1_broken')

    const repaired = [...migrations, makesTable('z1_broken'), makesTable('z2_after')]
    const report = await migrate({ databaseUrl, migrations: repaired })

    expect(report.ran).toEqual(['z1_broken', 'z2_after'])
    expect(await recordedIn(databaseUrl)).toEqual([...RECORDED, 'z1_broken', 'z2_after'])
  })

  it('fails for each of several that start together and changes nothing', async () => {
    const databaseUrl = await cloneDatabase()

    const results = await Promise.allSettled(
      [1, 2, 3].map(() => migrate({ databaseUrl, migrations: list })),
    )

    expect(results.map(({ status }) => status)).toEqual(Array(3).fill('rejected'))
    expect(await recordedIn(databaseUrl)).toEqual(RECORDED)
    expect(await relationsIn(databaseUrl)).not.toContain('half_done')
  })
})

describe('a file of functions', () => {
  const answers = (value: number): SqlFile => ({
    name: 'src/answer.sql',
    text: `create or replace function answer() returns int language sql as $$ select ${value} $$`,
    hash: `of ${value}`,
  })
  const answerOf = async (databaseUrl: string) =>
    (await query<{ answer: number }>(databaseUrl, 'select answer()'))[0]?.answer

  it('runs again when its content has changed, and only then', async () => {
    const databaseUrl = await cloneDatabase()
    const run = async (value: number) =>
      (await migrate({ databaseUrl, migrations, sqlFiles: [...FILES, answers(value)] })).ran

    expect(await run(1)).toEqual(['src/answer.sql'])
    expect(await run(1)).toEqual([])
    expect(await run(2)).toEqual(['src/answer.sql'])
    expect(await answerOf(databaseUrl)).toBe(2)
  })

  it('that fails rolls back the migrations of its run', async () => {
    const databaseUrl = await cloneDatabase()
    const failing = { name: 'src/failing.sql', text: 'select 1 / 0', hash: 'of failing' }

    const failed = migrate({
      databaseUrl,
      migrations: [...migrations, makesTable('z1_new')],
      sqlFiles: [...FILES, answers(1), failing],
    })

    await expect(failed).rejects.toThrow('SQL file src/failing.sql failed and all was rolled back')
    expect(await recordedIn(databaseUrl)).toEqual(RECORDED)
    expect(await relationsIn(databaseUrl)).not.toContain('z1_new')
    await expect(answerOf(databaseUrl)).rejects.toThrow('answer() does not exist')
  })

  it('that is missing or changed is pending when only checked', async () => {
    const databaseUrl = await cloneDatabase()
    const report = await migrate({
      checkOnly: true,
      databaseUrl,
      migrations,
      sqlFiles: [...FILES, answers(1)],
    })
    expect(report).toEqual({ applied: NAMES, ran: [], pending: ['src/answer.sql'] })
  })
})

describe('checking only', () => {
  it('lists all as pending on an empty database, and leaves it empty', async () => {
    const databaseUrl = await createEmptyDatabase()

    const report = await migrate({ checkOnly: true, databaseUrl, migrations })

    expect(report).toEqual({ applied: [], ran: [], pending: NAMES })
    expect(await relationsIn(databaseUrl)).toEqual([])
  })

  it('lists what is pending, and does not do it', async () => {
    const databaseUrl = await cloneDatabase()
    const list = [...migrations, makesTable('z1_new')]

    const report = await migrate({ checkOnly: true, databaseUrl, migrations: list })

    expect(report).toEqual({ applied: NAMES, ran: [], pending: ['z1_new'] })
    expect(await recordedIn(databaseUrl)).toEqual(RECORDED)
    expect(await relationsIn(databaseUrl)).not.toContain('z1_new')
  })

  it('finds nothing pending when all is applied', async () => {
    const databaseUrl = await cloneDatabase()
    expect(await migrate({ checkOnly: true, databaseUrl, migrations })).toEqual({
      applied: NAMES,
      ran: [],
      pending: [],
    })
  })
})

describe('a database of a newer version', () => {
  it.each([false, true])(
    'is refused by name and not changed (check only: %s)',
    async (checkOnly) => {
      const databaseUrl = await cloneDatabase()
      const newer = [...migrations, makesTable('z9_newer')]
      await migrate({ databaseUrl, migrations: newer })

      const older = [...migrations, makesTable('z1_ours')]
      await expect(migrate({ checkOnly, databaseUrl, migrations: older })).rejects.toThrow(
        'z9_newer',
      )

      expect(await recordedIn(databaseUrl)).toEqual([...RECORDED, 'z9_newer'])
      expect(await relationsIn(databaseUrl)).not.toContain('z1_ours')
    },
  )
})
