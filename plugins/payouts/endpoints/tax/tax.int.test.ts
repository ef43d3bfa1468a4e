import { randomUUID } from 'node:crypto'

import { parse } from 'csv-parse/sync'

import { readDb } from '../../../../src/database/readDb.ts'
import type { DeductionRule } from '../../../../src/domain/payouts/deductions.ts'
import type { User } from '../../../../src/payload-types.ts'
import { loadSums, loadYear } from '../../../../src/payouts/tax/loadYear.ts'
import { createUser, signIn } from '../../../../test/support/factories.ts'
import { insertWalletHistory } from '../../../../test/support/insertWalletHistory.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'

const PAN = 'ABCPE1234F'
const OTHER_PAN = 'ABCPE9999K'
let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

type Answer = {
  id: string
  display: string
  errors?: { code: string; field?: string; message: string }[]
}
type Person = { user: User; token: string }
const create = async (over: Partial<User> = {}): Promise<Person> => {
  const user = await createUser(product.payload, { name: 'Asha Rao', ...over })
  return { user, token: await signIn(product.payload, user) }
}
const set = ({ token }: { token?: string }, body: object) =>
  product.rest<Answer>('POST', '/api/tax-ids', { authorization: token, body })
const refusalOf = ({ body, status }: { status: number; body: Answer }) => {
  const [error] = body.errors ?? []
  return [status, error?.code, error?.field]
}
const idsOf = ({ user }: Person) =>
  product.sql<{ id: string; country: string; display: string; gone: boolean }>(
    `select id, country, display, removed_at is not null as gone from tax_ids
     where member_id = '${user.id}' order by created_at, id`,
  )

describe('a tax id', () => {
  it.each([
    ['in', ' abcpe 1234 f', 'IN', '•••• 234F'],
    ['US', '123-45-6789', 'US', '•••• 6789'],
    ['DE', '12/345/67890', 'DE', '•••• 7890'],
  ])('of %s typed as %s is stored by its last four characters', async (country, number, ...row) => {
    const person = await create()
    const { body, status } = await set(person, { country, number })
    expect([status, body]).toEqual([
      200,
      { id: expect.any(String), country: row[0], display: row[1] },
    ])
    expect(await idsOf(person)).toEqual([
      { id: body.id, country: row[0], display: row[1], gone: false },
    ])
    expect(
      await product.sql(`select action, after from audit_logs where subject_id = '${body.id}'`),
    ).toEqual([{ action: 'set', after: { country: row[0], display: row[1] } }])
  })

  it.each([
    ['of no country', { country: 'ZZ', number: PAN }, 'tax-id.malformed-country', 'country'],
    ['of three letters', { country: 'IND', number: PAN }, 'tax-id.malformed-country', 'country'],
    ['short of a letter', { country: 'IN', number: 'ABCPE1234' }, 'tax-id.malformed-number'],
    ['of no holder', { country: 'IN', number: 'ABCXE1234F' }, 'tax-id.malformed-number'],
    ['of four digits', { country: 'US', number: '1234' }, 'tax-id.malformed-number'],
    ['with a symbol', { country: 'US', number: '12345$' }, 'tax-id.malformed-number'],
    ['that is no text', { country: 'US', number: 123456 }, 'request.malformed-value'],
    ['without a number', { country: 'US' }, 'request.malformed-value'],
    [
      'with a field too many',
      { country: 'IN', number: PAN, of: 'x' },
      'request.unknown-field',
      'of',
    ],
  ])('%s is refused', async (_case, body, code, field = 'number') => {
    const person = await create()
    const refused = await set(person, body)
    expect(refusalOf(refused)).toEqual([400, code, field])
    expect(JSON.stringify(refused.body)).not.toContain('1234')
    expect(await idsOf(person)).toEqual([])
  })

  it('again changes nothing; another one replaces it, and the former row stays', async () => {
    const person = await create()
    const first = await set(person, { country: 'IN', number: PAN })
    expect((await set(person, { country: 'IN', number: PAN.toLowerCase() })).body).toEqual(
      first.body,
    )
    await set(person, { country: 'IN', number: OTHER_PAN })
    expect((await idsOf(person)).map(({ display, gone }) => [display, gone])).toEqual([
      ['•••• 234F', true],
      ['•••• 999K', false],
    ])
  })

  it('that is set concurrently is stored once', async () => {
    const person = await create()
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => set(person, { country: 'IN', number: PAN })),
    )
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    expect(await idsOf(person)).toHaveLength(1)
  })

  it('is not set without signing in', async () => {
    expect(refusalOf(await set({}, { country: 'IN', number: PAN }))).toEqual([
      401,
      'auth.required',
      undefined,
    ])
  })

  it.each([
    ['changes the number', `update tax_ids set sealed = 'x' where id = '$id'`],
    ['gives it to another member', `update tax_ids set member_id = '$other' where id = '$id'`],
    ['deletes it', `delete from tax_ids where id = '$id'`],
    ['empties the table', 'truncate tax_ids cascade'],
  ])('refuses a statement that %s', async (_case, statement) => {
    const [person, other] = [await create(), await create()]
    const { body } = await set(person, { country: 'IN', number: PAN })
    const text = statement.replace('$id', body.id).replace('$other', other.user.id)
    await expect(product.sql(text)).rejects.toThrow()
  })

  it('keeps its member from being deleted: 409', async () => {
    const person = await create()
    await set(person, { country: 'IN', number: PAN })
    const admin = await create({ role: 'admin' })
    const refused = await product.rest<Answer>('DELETE', `/api/users/${person.user.id}`, {
      authorization: admin.token,
    })
    expect(refusalOf(refused)).toEqual([409, 'user.has-history', undefined])
  })
})

type Deduction = { label: string; section?: string; baseMinor?: number; amountMinor: number }
type Withdrawal = {
  at: string
  grossMinor: number
  feeMinor?: number
  status?: string
  currency?: string
  reference?: string
  deductions?: Deduction[]
}

/** Inserts a withdrawal as it is after its payout; the flow itself is tested elsewhere. */
const insertWithdrawal = async (member: string, withdrawal: Withdrawal): Promise<string> => {
  const { at, currency = 'INR', deductions = [], feeMinor = 0, grossMinor } = withdrawal
  const { reference = `W-${randomUUID()}`, status = 'settled' } = withdrawal
  const deductionMinor = deductions.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const quote = {
    deductions: deductions.map(({ amountMinor, baseMinor = 0, label, section = label }) => ({
      rule: { label, section },
      baseMinor,
      amountMinor,
    })),
  }
  await product.sql(`
    with method as (
      insert into payout_methods (id, member_id, kind, display, holder_name, name_match, status,
        fingerprint, sealed, removed_at)
      values (time_ordered_uuid(), '${member}', 'upi', 'as•••@x', 'Asha', 'match', 'removed',
        gen_random_uuid()::text, 'v1', now())
      returning id
    )
    insert into withdrawals (id, reference, member_id, method_id, method_kind, driver, status,
      gross_minor, fee_minor, deduction_minor, net_minor, currency, quote, approvals_needed, reason,
      created_at)
    select time_ordered_uuid(), '${reference}', '${member}', id, 'upi', 'simulated', '${status}',
      ${grossMinor}, ${feeMinor}, ${deductionMinor}, ${grossMinor - feeMinor - deductionMinor},
      '${currency}', '${JSON.stringify(quote).replaceAll("'", "''")}', 1, 'a reason', '${at}'
    from method`)
  return reference
}

const RULE: DeductionRule = {
  id: '1',
  label: 'Tax at source',
  section: '194',
  currency: 'INR',
  from: '2026-01-01',
  to: null,
  rateBps: 1_000,
  rateWithoutTaxIdBps: 2_000,
  yearlyThresholdMinor: 0,
  appliesTo: 'whole',
  base: 'payout',
  yearStart: '04-01',
  timeZone: 'Asia/Kolkata',
}
const YEAR = { from: new Date('2026-03-31T18:30:00Z'), to: new Date('2027-03-31T18:30:00Z') }

describe('the sums of a financial year', () => {
  it('count credits of cashback and commission, less what was clawed back', async () => {
    const [one, other, none] = [await create(), await create(), await create()]
    await insertWalletHistory(product, one.user.id, [
      { at: '2026-03-31T18:29:59Z', deltaMinor: 70_000, kind: 'cashback' },
      { at: '2026-03-31T18:30:00Z', deltaMinor: 10_000, kind: 'cashback' },
      { at: '2026-05-01T00:00:00Z', deltaMinor: 5_000, kind: 'commission' },
      { at: '2026-06-01T00:00:00Z', deltaMinor: -2_000, kind: 'clawback' },
      { at: '2026-06-02T00:00:00Z', deltaMinor: 300, kind: 'adjustment' },
      { at: '2026-06-03T00:00:00Z', deltaMinor: 400, kind: 'withdrawal-release' },
      { at: '2026-06-04T00:00:00Z', deltaMinor: -400, kind: 'withdrawal' },
      { at: '2027-03-31T18:30:00Z', deltaMinor: 900, kind: 'cashback' },
    ])
    const usd = { currency: 'USD' }
    await insertWalletHistory(
      product,
      one.user.id,
      [{ at: '2026-05-01T00:00:00Z', deltaMinor: 99 }],
      usd,
    )
    await insertWalletHistory(product, other.user.id, [
      { at: '2026-05-01T00:00:00Z', deltaMinor: 7 },
    ])
    const members = [one, other, none].map(({ user }) => user.id)
    const sums = await loadSums(await readDb(product), { members, currency: 'INR', ...YEAR })
    const empty = { paidOutMinor: 0, withheldMinor: 0, bases: {} }
    expect(sums).toHaveLength(2)
    expect(sums).toEqual(
      expect.arrayContaining([
        { member: one.user.id, creditedMinor: 13_000, ...empty },
        { member: other.user.id, creditedMinor: 7, ...empty },
      ]),
    )
    expect(
      await loadSums(await readDb(product), { members: [], currency: 'INR', ...YEAR }),
    ).toEqual([])
  })

  it('count withdrawals that did not end unpaid, with the bases of their deductions', async () => {
    const { user } = await create()
    const tax = (baseMinor: number, amountMinor: number): Deduction[] => [
      { label: 'Tax at source', section: '194', baseMinor, amountMinor },
    ]
    const at = '2026-05-01T00:00:00Z'
    await insertWithdrawal(user.id, { at, grossMinor: 1_000, deductions: tax(1_000, 100) })
    await insertWithdrawal(user.id, {
      at,
      grossMinor: 500,
      deductions: tax(500, 50),
      status: 'requested',
    })
    for (const status of ['rejected', 'cancelled', 'failed', 'returned']) {
      await insertWithdrawal(user.id, {
        at,
        grossMinor: 9_000,
        deductions: tax(9_000, 900),
        status,
      })
    }
    await insertWithdrawal(user.id, { at: '2026-03-31T18:29:59Z', grossMinor: 77 })
    await insertWithdrawal(user.id, { at, grossMinor: 55, currency: 'USD' })
    const db = await readDb(product)
    const ask = { members: [user.id], currency: 'INR', ...YEAR }
    expect(await loadSums(db, ask)).toEqual([
      {
        member: user.id,
        creditedMinor: 0,
        paidOutMinor: 1_500,
        withheldMinor: 150,
        bases: { '194': 1_500 },
      },
    ])
    const now = new Date('2026-07-01T00:00:00Z')
    const other = { ...RULE, section: '194H', base: 'credit' as const }
    const rules = [RULE, other]
    expect(await loadYear(db, { member: user.id, currency: 'INR', rules, now })).toEqual({
      '194': { grossMinor: 1_500, baseMinor: 1_500 },
      '194H': { grossMinor: 0, baseMinor: 0 },
    })
    const later = new Date('2027-04-01T00:00:00Z')
    expect(
      await loadYear(db, { member: user.id, currency: 'INR', rules: [RULE], now: later }),
    ).toEqual({ '194': { grossMinor: 0, baseMinor: 0 } })
  })

  it('of a member with more clawed back than credited are zero, not below', async () => {
    const { user } = await create()
    await insertWalletHistory(product, user.id, [
      { at: '2026-01-01T00:00:00Z', deltaMinor: 100 },
      { at: '2026-05-01T00:00:00Z', deltaMinor: -100 },
    ])
    const rules = [{ ...RULE, base: 'credit' as const }]
    const now = new Date('2026-07-01T00:00:00Z')
    const db = await readDb(product)
    expect(await loadYear(db, { member: user.id, currency: 'INR', rules, now })).toEqual({
      '194': { grossMinor: 0, baseMinor: 0 },
    })
  })
})

describe('the yearly report', () => {
  const read = async (
    { token }: Partial<Person>,
    query = 'year=2026&currency=EUR',
    headers: Record<string, string> = {},
  ) => {
    const options = token ? { authorization: token, headers } : { headers }
    const response = await product.raw('GET', `/api/tax-ids/report?${query}`, options)
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  const linesOf = (text: string) =>
    parse<Record<string, string>>(text, { bom: true, columns: true })
  let asha: Person
  let ravi: Person
  let finance: Person
  beforeAll(async () => {
    asha = await create()
    ravi = await create({ name: '=HYPERLINK("http://x")' })
    finance = await create({ role: 'finance' })
    await set(asha, { country: 'IN', number: OTHER_PAN })
    await set(asha, { country: 'IN', number: PAN })
    await insertWalletHistory(
      product,
      asha.user.id,
      [{ at: '2026-05-01T00:00:00Z', deltaMinor: 250_000 }],
      { currency: 'EUR' },
    )
    const eur = { currency: 'EUR', at: '2026-05-02T00:00:00Z' }
    await insertWithdrawal(asha.user.id, {
      ...eur,
      reference: 'W-1',
      grossMinor: 100_000,
      feeMinor: 500,
      deductions: [
        { label: 'Tax at source', amountMinor: 10_000 },
        { label: '=cess', amountMinor: 1 },
      ],
    })
    await insertWithdrawal(asha.user.id, {
      ...eur,
      at: '2027-03-31T18:29:59Z',
      reference: 'W-2',
      grossMinor: 50_000,
      deductions: [{ label: 'Tax at source', amountMinor: 5_000 }],
    })
    await insertWithdrawal(asha.user.id, { ...eur, grossMinor: 1, status: 'returned' })
    await insertWithdrawal(asha.user.id, { ...eur, grossMinor: 1, status: 'approved' })
    await insertWithdrawal(asha.user.id, { ...eur, at: '2027-03-31T18:30:00Z', grossMinor: 1 })
    await insertWithdrawal(ravi.user.id, { ...eur, reference: 'W-3', grossMinor: 999 })
  })

  it('has a line for each member, decimals, a column for each deduction, and a total', async () => {
    const { headers, status, text } = await read(finance)
    expect(status).toBe(200)
    expect(headers.get('Content-Disposition')).toContain('tax-report-2026-27-EUR.csv')
    expect(headers.get('Cache-Control')).toBe('private, no-store')
    expect(linesOf(text)).toEqual([
      {
        Member: asha.user.id,
        Name: 'Asha Rao',
        'Tax id country': 'IN',
        'Tax id': '•••• 234F',
        Currency: 'EUR',
        Credited: '2500.00',
        Gross: '1500.00',
        'Deduction: =cess': '0.01',
        'Deduction: Tax at source': '150.00',
        Deducted: '150.01',
        Fee: '5.00',
        Net: '1344.99',
        Withdrawals: '2',
        References: 'W-1 W-2',
      },
      {
        Member: ravi.user.id,
        Name: `'=HYPERLINK("http://x")`,
        'Tax id country': '',
        'Tax id': '',
        Currency: 'EUR',
        Credited: '0.00',
        Gross: '9.99',
        'Deduction: =cess': '0.00',
        'Deduction: Tax at source': '0.00',
        Deducted: '0.00',
        Fee: '0.00',
        Net: '9.99',
        Withdrawals: '1',
        References: 'W-3',
      },
      {
        Member: 'Total',
        Name: '',
        'Tax id country': '',
        'Tax id': '',
        Currency: 'EUR',
        Credited: '2500.00',
        Gross: '1509.99',
        'Deduction: =cess': '0.01',
        'Deduction: Tax at source': '150.00',
        Deducted: '150.01',
        Fee: '5.00',
        Net: '1354.98',
        Withdrawals: '',
        References: '',
      },
    ])
    expect(text).not.toContain(PAN)
  })

  it('with whole tax ids takes a reason, and the audit log names the reader', async () => {
    const full = 'year=2026&currency=EUR&taxIds=full'
    const refused = await read(finance, full)
    expect([refused.status, refused.text]).toEqual([
      400,
      expect.stringContaining('audit.reason-required'),
    ])
    const reason = 'Return of the quarter'
    const { text } = await read(finance, full, { 'X-Audit-Reason': reason })
    expect(linesOf(text).map((line) => line['Tax id'])).toEqual([PAN, '', ''])
    expect(
      await product.sql(
        `select actor_email, reason, after from audit_logs where action = 'read-tax-ids'`,
      ),
    ).toEqual([{ actor_email: finance.user.email, reason, after: { year: 2026, currency: 'EUR' } }])
  })

  it.each([
    ['an unknown currency', 'year=2026&currency=XXQ', 'currency'],
    ['no year', 'currency=EUR', 'year'],
    ['a year that is no number', 'year=x&currency=EUR', 'year'],
  ])('with %s is refused', async (_case, query, field) => {
    const { status, text } = await read(finance, query)
    expect([status, JSON.parse(text)]).toMatchObject([
      400,
      { errors: [{ code: 'request.malformed-value', field }] },
    ])
  })

  it.each([
    ['a stranger', 401, null],
    ['a member', 403, 'member'],
    ['support', 403, 'support'],
    ['finance', 200, 'finance'],
    ['an admin', 200, 'admin'],
  ] as const)('is answered to %s with %i', async (_who, status, role) => {
    expect((await read(role ? await create({ role }) : {})).status).toBe(status)
  })

  it('begins its year as the deductions of the currency say', async () => {
    await product.payload.updateGlobal({
      slug: 'payout-config',
      data: {
        deductions: [
          {
            label: 'Levy',
            section: 'L',
            currency: 'EUR',
            from: '2026-01-01T00:00:00.000Z',
            rateBps: 1,
            rateWithoutTaxIdBps: 1,
            yearStart: '01-01',
            timeZone: 'Europe/Berlin',
          },
        ],
      },
    })
    const { headers, text } = await read(finance)
    expect(headers.get('Content-Disposition')).toContain('tax-report-2026-EUR.csv')
    expect(linesOf(text).map(({ References }) => References)).toEqual(['W-1', 'W-3', ''])
  })

  it('reads all of 1,001 members in pages', async () => {
    await product.sql(`
      with people as (
        insert into users (id, email, name, role, created_at, updated_at)
        select time_ordered_uuid(), 'page' || n || '@page.test', 'N' || n, 'member', now(), now()
        from generate_series(1, 1001) n returning id
      ), methods as (
        insert into payout_methods (id, member_id, kind, display, holder_name, name_match, status,
          fingerprint, sealed)
        select time_ordered_uuid(), id, 'upi', 'x', 'x', 'match', 'unverified', id::text, 'v1'
        from people returning id, member_id
      )
      insert into withdrawals (id, reference, member_id, method_id, method_kind, driver, status,
        gross_minor, fee_minor, deduction_minor, net_minor, currency, quote, approvals_needed,
        created_at)
      select time_ordered_uuid(), 'P-' || id, member_id, id, 'upi', 'simulated', 'settled', 100, 0, 0,
        100, 'CHF', '{}', 1, '2026-05-01'
      from methods`)
    const { text } = await read(finance, 'year=2026&currency=CHF')
    const lines = linesOf(text)
    expect(new Set(lines.map(({ Member }) => Member)).size).toBe(1_002)
    expect(lines.at(-1)).toMatchObject({ Member: 'Total', Gross: '1001.00' })
  })
})

it('a member with a withdrawal is not deleted: 409', async () => {
  const { user } = await create()
  await insertWithdrawal(user.id, { at: '2026-05-01T00:00:00Z', grossMinor: 100 })
  const admin = await create({ role: 'admin' })
  const refused = await product.rest<Answer>('DELETE', `/api/users/${user.id}`, {
    authorization: admin.token,
  })
  expect(refusalOf(refused)).toEqual([409, 'user.has-history', undefined])
})
