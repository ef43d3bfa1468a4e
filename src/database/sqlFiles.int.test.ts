import fs from 'node:fs'
import path from 'node:path'

import { Client } from 'pg'

import { cloneDatabase } from '../../test/support/cloneDatabase.ts'
import { projectRoot } from '../platform/projectRoot.ts'
import { readSqlFiles } from './sqlFiles.ts'

const files = await readSqlFiles()

let client: Client

beforeAll(async () => {
  client = new Client({ connectionString: await cloneDatabase() })
  await client.connect()
})
afterAll(() => client.end())

type Definition = { name: string; definition: string }

const definitions = async (): Promise<Definition[]> => {
  const { rows } = await client.query<Definition>(
    `select proname as name,
       case when prokind = 'a'
         then concat_ws(' ', a.aggtransfn, a.aggtranstype::regtype, a.agginitval)
         else pg_get_functiondef(oid)
       end as definition
     from pg_proc left join pg_aggregate a on a.aggfnoid = oid
     where pronamespace = 'public'::regnamespace order by 1, 2`,
  )
  return rows
}
const namesOf = async (text: string, values: unknown[] = []): Promise<string[]> => {
  const { rows } = await client.query<{ name: string }>(text, values)
  return rows.map(({ name }) => name)
}

describe('the functions of the database', () => {
  it.each(files)('are the same after $name ran once more', async ({ text }) => {
    const before = await definitions()
    await client.query('begin')
    try {
      await client.query(text)
      expect(await definitions()).toEqual(before)
    } finally {
      await client.query('rollback')
    }
  })

  it('have one listed file each, and no other function exists', async () => {
    const listed = files.map(({ name }) => name).sort()
    const found = fs
      .readdirSync(path.join(projectRoot(), 'src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.sql'))
      .map((name) => `src/${name}`)
    expect(found.sort()).toEqual(listed)
    const functions = (await definitions()).map(({ name }) => `${name}.sql`)
    const named = listed
      .map((name) => path.basename(name))
      .filter((name) => name !== 'triggers.sql')
    expect(functions.sort()).toEqual(named.sort())
  })
})

describe('the triggers of the ledger', () => {
  it.each([
    ['wallet_transactions_append_only', 'BEFORE DELETE OR UPDATE', 'FOR EACH ROW'],
    ['wallet_transactions_no_truncate', 'BEFORE TRUNCATE', 'FOR EACH STATEMENT'],
  ])('exist and are enabled for every session: %s', async (name, event, each) => {
    const { rows } = await client.query<{ definition: string; enabled: string }>(
      `select pg_get_triggerdef(oid) as definition, tgenabled as enabled from pg_trigger
       where tgname = $1 and tgrelid = 'wallet_transactions'::regclass`,
      [name],
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.definition).toContain(`${event} ON public.wallet_transactions ${each}`)
    expect(rows[0]?.definition).toContain('EXECUTE FUNCTION refuse_change()')
    expect(rows[0]?.enabled).toBe('O')
  })
})

describe('the database itself', () => {
  it.each([
    ['users', ['users_invite_code_upper']],
    [
      'payments',
      ['payments_amount_countable', 'payments_amount_positive', 'payments_refunded_within_amount'],
    ],
    [
      'commissions',
      [
        'commissions_amount_countable',
        'commissions_amount_fits_status',
        'commissions_reversed_within_amount',
        'commissions_skipped_has_reason',
      ],
    ],
    [
      'wallets',
      [
        'wallets_balance_countable',
        'wallets_kind_fits_owner',
        'wallets_platform_stores_no_balance',
      ],
    ],
    [
      'wallet_transactions',
      [
        'wallet_transactions_amount_countable',
        'wallet_transactions_amount_positive',
        'wallet_transactions_no_overdraft',
        'wallet_transactions_two_wallets',
      ],
    ],
  ])('checks every row of %s', async (table, checks) => {
    const found = await namesOf(
      `select conname as name from pg_constraint
       where conrelid = $1::regclass and contype = 'c' and convalidated`,
      [table],
    )
    expect(found).toEqual(expect.arrayContaining(checks))
  })

  it.each([
    ['one wallet for an owner, kind and currency', 'wallets', 'wallets_owner_kind_currency'],
    ['one first commission of a payer', 'commissions', 'commissions_first_of_payer'],
    ['one reversal of a transfer', 'wallet_transactions', 'wallet_transactions_reverses_once'],
    ['one debit a version', 'wallet_transactions', 'wallet_transactions_from_version'],
    ['one credit a version', 'wallet_transactions', 'wallet_transactions_to_version'],
  ])('allows %s', async (_rule, table, name) => {
    const found = await namesOf(
      `select indexrelid::regclass::text as name from pg_index
       where indrelid = $1::regclass and indisunique and indisvalid`,
      [table],
    )
    expect(found).toContain(name)
  })

  it('restricts deletes by the foreign keys of money', async () => {
    const loose = await namesOf(
      `select conname as name from pg_constraint
       where contype = 'f' and confdeltype <> 'r' and conrelid = any(array[
         'payments', 'commissions', 'wallets', 'wallet_transactions', 'users']::regclass[])`,
    )
    expect(loose).toEqual([])
  })
})
