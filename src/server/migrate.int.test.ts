import { sql } from '@payloadcms/db-postgres'
import { Client } from 'pg'

import { migrations } from '../migrations/index.ts'
import { cloneDatabase } from '../testing/cloneDatabase.ts'
import { migrate, type Migration } from './migrate.ts'

const NAMES = migrations.map(({ name }) => name)

const anEmptyDatabase = () => cloneDatabase('template1')

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
    const databaseUrl = await anEmptyDatabase()

    const reports = await Promise.all([1, 2, 3].map(() => migrate({ databaseUrl, migrations })))

    expect(await recordedIn(databaseUrl)).toEqual(NAMES)
    expect(reports.flatMap(({ ran }) => ran)).toEqual(NAMES)
    for (const report of reports) expect(report).toMatchObject({ applied: NAMES, pending: [] })
  })

  it('does nothing where all is done', async () => {
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
    expect(await recordedIn(databaseUrl)).toEqual([...NAMES, 'z1_new'])
    expect(await relationsIn(databaseUrl)).toContain('z1_new')
  })
})

describe('a broken migration', () => {
  const list = [...migrations, broken, makesTable('z2_after')]

  it('leaves nothing of itself, keeps those before it and stops those after it', async () => {
    const databaseUrl = await anEmptyDatabase()

    await expect(migrate({ databaseUrl, migrations: list })).rejects.toThrow(
      'Migration z1_broken failed and was rolled back',
    )

    expect(await recordedIn(databaseUrl)).toEqual(NAMES)
    const relations = await relationsIn(databaseUrl)
    expect(relations).toEqual(expect.arrayContaining(['payments', 'wallet_transactions']))
    expect(relations).not.toContain('half_done')
    expect(relations).not.toContain('z2_after')
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
    expect(await recordedIn(databaseUrl)).toEqual([...NAMES, 'z1_broken', 'z2_after'])
  })

  it('fails for each of several that start together, and leaves nothing', async () => {
    const databaseUrl = await cloneDatabase()

    const results = await Promise.allSettled(
      [1, 2, 3].map(() => migrate({ databaseUrl, migrations: list })),
    )

    expect(results.map(({ status }) => status)).toEqual(Array(3).fill('rejected'))
    expect(await recordedIn(databaseUrl)).toEqual(NAMES)
    expect(await relationsIn(databaseUrl)).not.toContain('half_done')
  })
})

describe('checking only', () => {
  it('lists all as pending on an empty database, and leaves it empty', async () => {
    const databaseUrl = await anEmptyDatabase()

    const report = await migrate({ checkOnly: true, databaseUrl, migrations })

    expect(report).toEqual({ applied: [], ran: [], pending: NAMES })
    expect(await relationsIn(databaseUrl)).toEqual([])
  })

  it('lists what is pending, and does not do it', async () => {
    const databaseUrl = await cloneDatabase()
    const list = [...migrations, makesTable('z1_new')]

    const report = await migrate({ checkOnly: true, databaseUrl, migrations: list })

    expect(report).toEqual({ applied: NAMES, ran: [], pending: ['z1_new'] })
    expect(await recordedIn(databaseUrl)).toEqual(NAMES)
    expect(await relationsIn(databaseUrl)).not.toContain('z1_new')
  })

  it('finds nothing pending where all is done', async () => {
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
    'is refused by name and left alone (check only: %s)',
    async (checkOnly) => {
      const databaseUrl = await cloneDatabase()
      const newer = [...migrations, makesTable('z9_newer')]
      await migrate({ databaseUrl, migrations: newer })

      const older = [...migrations, makesTable('z1_ours')]
      await expect(migrate({ checkOnly, databaseUrl, migrations: older })).rejects.toThrow(
        'z9_newer',
      )

      expect(await recordedIn(databaseUrl)).toEqual([...NAMES, 'z9_newer'])
      expect(await relationsIn(databaseUrl)).not.toContain('z1_ours')
    },
  )
})
