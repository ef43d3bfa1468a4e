import { createHash } from 'node:crypto'
import os from 'node:os'

import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'
import { Client } from 'pg'

import { insertAuditRows } from '../../../test/support/insertAuditRows.ts'
import { createUser } from '../../../test/support/factories.ts'
import { insertWalletHistory } from '../../../test/support/insertWalletHistory.ts'
import { runCli } from '../../../test/support/runCli.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import type { Database } from '../../database/dbIn.ts'
import { computeSeal } from './proofSeal.ts'
import { computeDay, listProofs, type Proof } from './proofStore.ts'
import { sealDays } from './sealDays.ts'
import { verifyProofs } from './verifyProofs.ts'

let product: Product
let db: Database
const archiveDir = os.tmpdir()
const verify = (on: Database = db) => verifyProofs(on, { archiveDir })

beforeAll(async () => {
  product = await startProduct()
  db = (product.payload.db as unknown as PostgresAdapter).drizzle
  const { id } = await createUser(product.payload)
  await insertWalletHistory(
    product,
    id,
    [1, 1, 2, 2, 4, 5].map((day, index) => ({
      at: `2026-01-0${day}T1${index}:00:00.123Z`,
      deltaMinor: 1_000 + index,
      reason: 'पुराना "row"\nwith lines',
    })),
  )
  for (const day of [1, 2, 4, 5]) await insertAuditRows(product, `2026-01-0${day}T23:50:00Z`, 3)
})
afterAll(() => product.close())

describe('sealDays', () => {
  it('seals nothing of a day until an hour after it', async () => {
    const now = new Date('2026-01-02T00:59:59Z')
    expect(await sealDays(product.payload, { now })).toEqual({
      sealed: 0,
      day: null,
      seal: null,
      waitsFor: null,
    })
  })

  it('waits while a transaction that may be of the day is open, and seals the row that it adds', async () => {
    const writer = new Client({ connectionString: product.databaseUrl })
    await writer.connect()
    const seal = (waitMs: number) =>
      sealDays(product.payload, {
        now: new Date('2026-01-02T01:00:00Z'),
        // Transactions of today count as well.
        skewMinutes: 10_000_000,
        waitMs,
      })
    try {
      await writer.query('begin')
      await writer.query(
        `insert into audit_logs (id, at, action, subject)
         values (gen_random_uuid(), '2026-01-01T23:59:59Z', 'update', 'users')`,
      )
      expect(await seal(0)).toMatchObject({ sealed: 0, waitsFor: '2026-01-01' })
      await writer.query('commit')
      expect(await seal(10_000)).toMatchObject({ sealed: 1, day: '2026-01-01', waitsFor: null })
      expect(await listProofs(db)).toMatchObject([{ day: '2026-01-01', auditRows: 4 }])
    } finally {
      await writer.end()
    }
  })

  it('seals every day without a gap, days without rows too, and each once', async () => {
    const now = new Date('2026-01-06T01:00:00Z')
    const report = await sealDays(product.payload, { now })
    expect(report).toMatchObject({ sealed: 4, day: '2026-01-05', waitsFor: null })
    const proofs = await listProofs(db)
    expect(proofs.map(({ auditRows, day, transfers }) => [day, transfers, auditRows])).toEqual([
      ['2026-01-01', 2, 4],
      ['2026-01-02', 2, 3],
      ['2026-01-03', 0, 0],
      ['2026-01-04', 1, 3],
      ['2026-01-05', 1, 3],
    ])
    expect(proofs[0]?.previousSeal).toBe('0'.repeat(64))
    expect(proofs.slice(1).map(({ previousSeal }) => previousSeal)).toEqual(
      proofs.slice(0, -1).map(({ seal }) => seal),
    )
    expect(report.seal).toBe(proofs.at(-1)?.seal)
    expect(await sealDays(product.payload, { now })).toMatchObject({ sealed: 0, seal: report.seal })
  })

  it('gives the same hashes in every time zone and date style of the session', async () => {
    const before = await computeDay(db, '2026-01-02')
    await inRolledBack(async (tx) => {
      await tx.execute(sql`set local timezone to 'Asia/Kolkata'`)
      await tx.execute(sql`set local datestyle to 'German'`)
      await tx.execute(sql`set local extra_float_digits to 0`)
      expect(await computeDay(tx, '2026-01-02')).toEqual(before)
    })
  })

  it('gives the same hashes after a migration adds a column', async () => {
    await inRolledBack(async (tx) => {
      await tx.execute(sql`alter table wallet_transactions add column extra text`)
      await tx.execute(sql`alter table audit_logs add column extra jsonb`)
      expect(await verify(tx)).toMatchObject({ problems: [], recomputed: 5 })
    })
  })

  it('hashes 100,000 rows of a day within seconds', async () => {
    await inRolledBack(async (tx) => {
      await tamper(
        tx,
        `insert into wallet_transactions (id, key, request_hash, kind, from_wallet_id, to_wallet_id,
           amount_minor, currency, reason, occurred_at, posted_at)
         select gen_random_uuid(), 'many:' || n, md5(n::text), 'commission', gen_random_uuid(),
           gen_random_uuid(), n, 'INR', 'a reason of some length', '2026-02-01', '2026-02-01'
         from generate_series(1, 100000) n`,
      )
      const start = performance.now()
      expect(await computeDay(tx, '2026-02-01')).toMatchObject({ transfers: 100_000 })
      expect(performance.now() - start).toBeLessThan(30_000)
    })
  })
})

const ROLLBACK = new Error('rolled back on purpose')

/** Runs work in a transaction that is rolled back. */
const inRolledBack = async (work: (tx: Database) => Promise<void>): Promise<void> => {
  const { drizzle } = product.payload.db as unknown as PostgresAdapter
  await drizzle
    .transaction(async (tx) => {
      await work(tx)
      throw ROLLBACK
    })
    .catch((error: unknown) => {
      if (error !== ROLLBACK) throw error
    })
}

/** Runs statements as a superuser can: without triggers and foreign keys. */
const tamper = async (tx: Database, statements: string): Promise<void> => {
  await tx.execute(sql`set local session_replication_role to replica`)
  await tx.execute(sql.raw(statements))
}

const transfer = (n: number) =>
  `(select id from wallet_transactions order by posted_at offset ${n} limit 1)`
const auditRow = (n: number) =>
  `(select id from audit_logs where at < '2026-01-06' order by at, id offset ${n} limit 1)`
const setTransfer = (set: string, n = 2) =>
  `update wallet_transactions set ${set} where id = ${transfer(n)}`
const setAudit = (set: string, n = 4) => `update audit_logs set ${set} where id = ${auditRow(n)}`

type Case = [title: string, statements: string, first: string]

const CASES: Case[] = [
  ['an amount', setTransfer('amount_minor = amount_minor + 1'), '2026-01-02 transfers changed'],
  ['a wallet', setTransfer('to_wallet_id = gen_random_uuid()'), '2026-01-02 transfers changed'],
  ['a currency', setTransfer(`currency = 'EUR'`), '2026-01-02 transfers changed'],
  ['a text to an empty one', setTransfer(`reason = ''`), '2026-01-02 transfers changed'],
  ['a text to none', setTransfer('reason = null'), '2026-01-02 transfers changed'],
  ['an empty column', setTransfer(`actor = 'x'`), '2026-01-02 transfers changed'],
  [
    'a time by a millisecond',
    setTransfer(`occurred_at = occurred_at + interval '1 ms'`),
    '2026-01-02 transfers changed',
  ],
  [
    'a posting time to another sealed day',
    setTransfer(`posted_at = '2026-01-04T00:00:00Z'`),
    '2026-01-02 transfers removed',
  ],
  [
    'a posting time to a day that is not sealed',
    setTransfer(`posted_at = '2026-03-04T00:00:00Z'`),
    '2026-01-02 transfers removed',
  ],
  [
    'a transfer that is deleted',
    `delete from wallet_transactions where id = ${transfer(4)}`,
    '2026-01-04 transfers removed',
  ],
  [
    'a transfer that is inserted with an old date',
    `insert into wallet_transactions select (jsonb_populate_record(t, jsonb_build_object(
      'id', gen_random_uuid(), 'key', 'forged', 'to_version', null,
      'posted_at', '2026-01-03T10:00:00Z'))).* from wallet_transactions t where id = ${transfer(0)}`,
    '2026-01-03 transfers inserted',
  ],
  [
    'a transfer that is inserted before the first day',
    setTransfer(`posted_at = '2025-12-31T23:59:59Z'`, 5),
    '2025-12-31 transfers inserted',
  ],
  [
    'two transfers of a day that swap their amounts',
    `update wallet_transactions t set amount_minor = o.amount_minor
      from wallet_transactions o where t.posted_at::date = '2026-01-02'
      and o.posted_at::date = '2026-01-02' and t.id <> o.id`,
    '2026-01-02 transfers changed',
  ],
  [
    'an audit row’s actor',
    setAudit(`actor_email = 'other@example.com'`),
    '2026-01-02 audit changed',
  ],
  [
    'a null inside of an audit row’s JSON that is left out',
    setAudit(`before = before - 'name'`),
    '2026-01-02 audit changed',
  ],
  [
    'an audit row that is deleted',
    `delete from audit_logs where id = ${auditRow(10)}`,
    '2026-01-05 audit removed',
  ],
  [
    'an audit row that is inserted with an old date',
    `insert into audit_logs (id, at, action, subject) values
      (gen_random_uuid(), '2026-01-03T10:00:00Z', 'update', 'users')`,
    '2026-01-03 audit inserted',
  ],
  [
    'the count of a seal’s row',
    `update ledger_proofs set transfers = 9 where day = '2026-01-03'`,
    '2026-01-03 proof changed',
  ],
  [
    'the seal of a row',
    `update ledger_proofs set seal = repeat('a', 64) where day = '2026-01-03'`,
    '2026-01-03 proof changed',
  ],
  [
    'a seal’s row in the middle that is deleted',
    `delete from ledger_proofs where day = '2026-01-03'`,
    '2026-01-03 proof removed',
  ],
  [
    'the first seal’s row that is deleted',
    `delete from ledger_proofs where day = '2026-01-01'`,
    '2026-01-01 audit inserted',
  ],
  [
    'the last seal’s row that is deleted',
    `delete from ledger_proofs where day = '2026-01-05'`,
    '2026-01-05 proof removed',
  ],
]

describe('verifyProofs', () => {
  it('finds nothing in sealed days that are as they were', async () => {
    const last = (await listProofs(db)).at(-1)
    expect(await verify()).toEqual({
      days: 5,
      recomputed: 5,
      problems: [],
      anchor: { day: '2026-01-05', seal: last?.seal },
    })
  })

  it('covers every column of both tables', async () => {
    for (const [table, at] of [
      ['wallet_transactions', 'posted_at'],
      ['audit_logs', 'at'],
    ] as const) {
      const columns = await product.sql<{ name: string; type: string }>(
        `select column_name as name, udt_name as type from information_schema.columns
         where table_name = '${table}'`,
      )
      for (const { name, type } of columns) {
        await inRolledBack(async (tx) => {
          const value = VALUES[type]
          if (value === undefined) throw new Error(`no value of type ${type}`)
          await tamper(
            tx,
            `update ${table} set ${name} = ${value} where ${at} between '2026-01-02' and '2026-01-03'
             and id = (select id from ${table} where ${at} between '2026-01-02' and '2026-01-03' limit 1)`,
          )
          const { problems } = await verify(tx)
          expect([table, name, problems[0]?.day]).toEqual([table, name, '2026-01-02'])
        })
      }
    }
  })

  it.each(CASES)('finds %s, at its day', async (_, statements, first) => {
    await inRolledBack(async (tx) => {
      await tamper(tx, statements)
      const [found] = (await verify(tx)).problems
      expect(`${found?.day} ${found?.part} ${found?.problem}`).toBe(first)
    })
  })

  it('finds a day that was sealed again after a change, by the seal in the audit log', async () => {
    await inRolledBack(async (tx) => {
      await tamper(tx, setTransfer('amount_minor = 1'))
      await resealFrom(tx, '2026-01-02')
      const [found] = (await verify(tx)).problems
      expect(found).toMatchObject({ day: '2026-01-02', part: 'proof', problem: 'changed' })
    })
  })

  it('finds no fault in a chain that was recomputed with its audit rows: only a published anchor shows it', async () => {
    const { anchor } = await verify()
    await inRolledBack(async (tx) => {
      await tamper(tx, setTransfer('amount_minor = 1'))
      await resealFrom(tx, '2026-01-02')
      await tamper(tx, `delete from audit_logs where action = 'seal'`)
      const report = await verify(tx)
      expect(report.problems).toEqual([])
      expect(report.anchor?.day).toBe(anchor?.day)
      expect(report.anchor?.seal).not.toBe(anchor?.seal)
    })
  })
})

const VALUES: Record<string, string> = {
  uuid: 'gen_random_uuid()',
  text: `'changed'`,
  varchar: `'changed'`,
  int8: '987654',
  numeric: '987654',
  jsonb: `'{"changed": true}'`,
  timestamptz: `'2026-01-02T05:06:07.089Z'`,
}

/** Recomputes the chain of seals, as somebody with all rights can. */
const resealFrom = async (tx: Database, from: string): Promise<void> => {
  let previousSeal: string | null = null
  for (const proof of await listProofs(tx)) {
    const facts: Proof = {
      ...proof,
      ...(await computeDay(tx, proof.day)),
      previousSeal: previousSeal ?? proof.previousSeal,
    }
    const seal = computeSeal(facts)
    previousSeal = seal
    if (proof.day < from) continue
    await tamper(
      tx,
      `update ledger_proofs set transfers_hash = '${facts.transfersHash}',
        previous_seal = '${facts.previousSeal}', seal = '${seal}' where day = '${proof.day}'`,
    )
  }
}

describe('the guards of sealed days', () => {
  it.each([
    `update ledger_proofs set seal = repeat('a', 64)`,
    `update ledger_proofs set sealed_at = now()`,
    'delete from ledger_proofs',
    'truncate ledger_proofs',
    `update audit_logs set reason = 'x'`,
    'delete from audit_logs',
    'truncate audit_logs',
  ])('%s is refused', async (statement) => {
    await expect(product.sql(statement)).rejects.toMatchObject({
      cause: { message: expect.stringContaining('is refused') },
    })
  })

  it('the deletion of an audit row of a day that is not archived is refused, even by its session setting', async () => {
    await expect(
      product.sql(`begin; set local tributary.archived_day to '2026-01-02';
        delete from audit_logs where at > '2026-01-02' and at < '2026-01-03'; commit`),
    ).rejects.toMatchObject({ cause: { message: expect.stringContaining('is refused') } })
    await product.sql('rollback')
  })
})

it('a seal is the SHA-256 of its facts, one a line', () => {
  const [a, b, c] = ['1', '2', '3'].map((digit) => digit.repeat(64)) as [string, string, string]
  const text = `tributary-proof-1\n2026-01-01\n2\n${a}\n3\n${b}\n${c}`
  expect(
    computeSeal({
      day: '2026-01-01',
      transfers: 2,
      transfersHash: a,
      auditRows: 3,
      auditHash: b,
      previousSeal: c,
    }),
  ).toBe(createHash('sha256').update(text).digest('hex'))
})

describe('tributary wallet proof', () => {
  it('lists the days and the anchor, verifies, and names the day that breaks with exit code 1', async () => {
    const last = (await listProofs(db)).at(-1)
    const listed = await runCli(product.databaseUrl, [
      'wallet',
      'proof',
      '--json',
      '--from',
      '2026-01-04',
    ])
    expect(JSON.parse(listed.out)).toMatchObject({
      anchor: { day: '2026-01-05', seal: last?.seal },
      proofs: [{ day: '2026-01-04' }, { day: '2026-01-05' }],
    })
    const verified = await runCli(product.databaseUrl, ['wallet', 'proof', '--verify'])
    expect(verified).toMatchObject({
      code: 0,
      out: expect.stringContaining('5 of 5 sealed days match their seals.'),
    })
    await product.sql(
      `begin; set local session_replication_role to replica; ${setTransfer('amount_minor = 1')}; commit`,
    )
    const broken = await runCli(product.databaseUrl, ['wallet', 'proof', '--verify'])
    expect(broken).toMatchObject({
      code: 1,
      out: expect.stringContaining('The proof breaks on 2026-01-02: transfers changed.'),
    })
  }, 180_000)
})
