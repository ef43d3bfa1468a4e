import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'

import type { PostgresAdapter } from '@payloadcms/db-postgres'
import { Client } from 'pg'

import { insertAuditRows } from '../../../test/support/insertAuditRows.ts'
import { startCli } from '../../../test/support/runCli.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { untilWaiting } from '../../../test/support/untilWaiting.ts'
import { provideEnv } from '../../config/env.ts'
import type { Database } from '../../database/dbIn.ts'
import { hashArchive, readArchive } from '../../platform/archives/archiveFile.ts'
import { archiveAudit, type ArchiveStep } from './archiveAudit.ts'
import { listProofs } from './proofStore.ts'
import { sealDays } from './sealDays.ts'
import { verifyProofs } from './verifyProofs.ts'

let product: Product
let db: Database
let dir: string
beforeAll(async () => {
  product = await startProduct()
  db = (product.payload.db as unknown as PostgresAdapter).drizzle
  dir = await fs.mkdtemp(path.join(os.tmpdir(), 'archive-'))
  for (const day of [1, 2, 4]) await insertAuditRows(product, `2026-01-0${day}T10:00:00Z`, 3)
  // More than a batch, of one instant.
  await product.sql(`insert into audit_logs (id, at, action, subject, reason)
    select gen_random_uuid(), '2026-01-03T10:00:00Z', 'update', 'users', 'line' || chr(8232) || n
    from generate_series(1, 4500) n`)
  await sealDays(product.payload, { now: new Date('2026-04-20T01:00:00Z') })
})
afterAll(async () => {
  await product.close()
  await fs.rm(dir, { recursive: true, force: true })
})

/** Archives the days up to a day of January. */
const archiveTo = (day: number, onStep?: (step: ArchiveStep) => void) =>
  archiveAudit(product.payload, {
    dir,
    keepDays: 90,
    now: new Date(Date.UTC(2026, 0, day + 91)),
    onStep,
  })
const countRows = async (day: number): Promise<number> => {
  const [row] = await product.sql<{ count: string }>(
    `select count(*) from audit_logs where at::date = '2026-01-0${day}'`,
  )
  return Number(row?.count)
}
const problems = async () =>
  (await verifyProofs(db, { archiveDir: dir, to: '2026-01-10' })).problems
const archiveOf = async (day: string) => {
  const [proof] = await listProofs(db, { from: day, to: day })
  if (!proof?.archive) throw new Error('The day is not archived.')
  return proof.archive
}

it('a day stays in the table until all of it is older than the days to keep', async () => {
  expect(await archiveTo(0)).toEqual({ days: 0, rows: 0 })
  expect(await countRows(1)).toBe(3)
})

describe('a process that ends', () => {
  it.each(['written', 'verified', 'recorded', 'deleted'] as const)(
    'after the step "%s" keeps all rows in the table, and the next run archives them',
    async (end) => {
      await expect(
        archiveTo(1, (step) => {
          if (step === end) throw new Error('ended')
        }),
      ).rejects.toThrow('ended')
      expect(await countRows(1)).toBe(3)
      expect(await problems()).toEqual([])
    },
  )

  it('by kill -9 while it deletes keeps all rows, and the next run archives them', async () => {
    const holder = new Client({ connectionString: product.databaseUrl })
    await holder.connect()
    provideEnv({ ARCHIVE_DIR: dir })
    try {
      await holder.query('begin')
      await holder.query('lock table audit_logs in share mode')
      const { child, ended } = startCli(product.databaseUrl, ['jobs', 'run', 'archive-audit'])
      await untilWaiting(product)
      child.kill('SIGKILL')
      await ended
      await holder.query('rollback')
      expect(await hashArchive(dir, 'audit/2026/2026-01-01.jsonl.gz')).not.toBeNull()
      expect(await countRows(1)).toBe(3)
      expect((await listProofs(db)).filter(({ archive }) => archive !== null)).toEqual([])
    } finally {
      await holder.end()
    }
    expect(await archiveTo(1)).toEqual({ days: 1, rows: 3 })
    expect(await countRows(1)).toBe(0)
    expect(await problems()).toEqual([])
  }, 180_000)
})

it('a file holds the day’s seal, an anchor, and each row as it was', async () => {
  await archiveTo(3)
  const { file, sha256 } = await archiveOf('2026-01-03')
  expect(await hashArchive(dir, file)).toBe(sha256)
  const lines: string[] = []
  for await (const line of readArchive(dir, file)) lines.push(line)
  const proofs = await listProofs(db)
  const last = proofs.at(-1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    day: '2026-01-03',
    auditRows: 4_500,
    seal: proofs[2]?.seal,
    anchor: { day: last?.day, seal: last?.seal },
  })
  expect(lines).toHaveLength(4_501)
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ at: '2026-01-03T10:00:00+00:00' })
  expect(await problems()).toEqual([])
})

it('rows that do not match their seal are not archived', async () => {
  const [row] = await product.sql<{ id: string }>(
    `select id from audit_logs where at::date = '2026-01-04' limit 1`,
  )
  const set = (reason: string) =>
    product.sql(`begin; set local session_replication_role to replica;
      update audit_logs set reason = ${reason} where id = '${row?.id}'; commit`)
  await set(`'tampered'`)
  await expect(archiveTo(4)).rejects.toThrow('do not match their seal')
  expect(await countRows(4)).toBe(3)
  await set('null')
})

describe('the verification of an archived day', () => {
  const change = async (work: (file: string, bytes: Buffer) => Promise<void>) => {
    const file = path.join(dir, (await archiveOf('2026-01-02')).file)
    const bytes = await fs.readFile(file)
    try {
      await work(file, bytes)
      return await problems()
    } finally {
      await fs.writeFile(file, bytes)
    }
  }

  it('finds a file that is missing', async () => {
    expect(await change((file) => fs.rm(file))).toMatchObject([
      { day: '2026-01-02', part: 'archive', problem: 'removed' },
    ])
  })

  it('finds a file with another byte', async () => {
    const found = await change((file, bytes) => {
      bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20)
      return fs.writeFile(file, bytes).finally(() => bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20))
    })
    expect(found).toMatchObject([{ day: '2026-01-02', part: 'archive', problem: 'changed' }])
  })

  it('finds a file with another row although its SHA-256 was changed too', async () => {
    const { sha256 } = await archiveOf('2026-01-02')
    const setHash = (hash: string | null) =>
      product.sql(`begin; set local session_replication_role to replica;
        update ledger_proofs set archive_sha256 = '${hash}' where day = '2026-01-02'; commit`)
    const found = await change(async (file, bytes) => {
      const text = gunzipSync(bytes).toString().replace('asha@', 'other@')
      await fs.writeFile(file, gzipSync(text))
      await setHash(await hashArchive(dir, path.relative(dir, file)))
    })
    await setHash(sha256)
    expect(found).toMatchObject([{ day: '2026-01-02', part: 'archive', problem: 'changed' }])
    expect(await problems()).toEqual([])
  })

  it('finds a row that is inserted into the table with its date', async () => {
    await insertAuditRows(product, '2026-01-02T12:00:00Z')
    expect(await problems()).toMatchObject([
      { day: '2026-01-02', part: 'audit', problem: 'inserted' },
    ])
  })
})

it('a row of an archived day cannot be deleted by a statement that does not name the day', async () => {
  await expect(
    product.sql(`delete from audit_logs where at::date = '2026-01-02'`),
  ).rejects.toMatchObject({ cause: { message: expect.stringContaining('is refused') } })
})
