import { randomUUID } from 'node:crypto'

import { createMerchant, createNetwork } from '../../../../test/support/cashbackFactories.ts'
import {
  createMachine,
  createUser,
  readBalance,
  signIn,
} from '../../../../test/support/factories.ts'
import { insertClick } from '../../../../test/support/insertRows.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'

let product: Product
let finance: string
beforeAll(async () => {
  product = await startProduct()
  finance = await signIn(product.payload, await createUser(product.payload, { role: 'finance' }))
  // One person imports all files of these tests in a day.
  await product.sql(`update finance_config_credits
    set per_import_minor = 1e9, per_member_minor = 1e9, per_actor_minor = 1e9`)
})
afterAll(() => product.close())

const SETTINGS = {
  mapping: {
    columns: {
      externalId: 'Id',
      orderId: 'Order',
      clickId: 'Click',
      status: 'State',
      sale: 'Sale',
      commission: 'Commission',
      eventAt: 'Date',
      reversalOf: 'Return of',
    },
    statuses: { open: 'pending', confirmed: 'approved', cancelled: 'declined' },
    currency: 'INR',
  },
}
const HEADER = 'Id,Order,Click,State,Sale,Commission,Date,Return of'

/** A member with a click at a network that is read from files. */
const createMemberWithClick = async (settings: object = SETTINGS) => {
  const { payload } = product
  const member = (await createUser(payload)).id
  const network = (await createNetwork(payload, { adapter: 'csv', settings })).id
  const merchant = (await createMerchant(payload)).id
  const { clickId: click } = await insertClick(product, { member, merchant, network })
  return { click, member, network }
}

const CSV = { 'Content-Type': 'text/csv' }
const post = <Body = Record<string, unknown>>(
  path: string,
  body: string,
  { as = finance, headers = CSV }: { as?: string; headers?: Record<string, string> } = {},
) => product.rest<Body>('POST', `/api/networks/${path}`, { authorization: as, body, headers })

const importTransactions = (network: string, lines: string[], query = '') =>
  post(`${network}/import${query}`, [HEADER, ...lines].join('\n'))

const statementPath = (network: string, query: Record<string, string> = {}) =>
  `${network}/statements?${new URLSearchParams({ reference: 'R-1', paidAt: '2026-03-01', currency: 'INR', ...query }).toString()}`
const pay = (network: string, lines: string[], query: Record<string, string> = {}) =>
  post<{ results: { result: string; lines: number }[]; table: { result: string }[] }>(
    statementPath(network, query),
    ['transaction_id,order_id,payout', ...lines].join('\n'),
  )

/** Everything that an import could write, without `observed_at` and the named columns. */
const stateOf = async (network: string, but: string[] = []) =>
  (
    await product.sql<{ state: object }>(`select jsonb_build_object(
      'transactions', (select jsonb_agg(to_jsonb(s) - '{${['observed_at', ...but].join()}}'::text[] order by external_id)
        from network_transactions s where network_id = '${network}'),
      'events', (select jsonb_agg(to_jsonb(e) order by e.id) from cashback_events e
        join network_transactions s on s.id = e.transaction_id where s.network_id = '${network}'),
      'statements', (select jsonb_agg(to_jsonb(x)) from network_statements x where network_id = '${network}'),
      'lines', (select count(*) from statement_lines l join network_statements x on x.id = l.statement_id
        where x.network_id = '${network}'),
      'quarantined', (select count(*) from quarantined_rows where network_id = '${network}')) as state`)
  )[0]?.state
const countOf = async (table: string, network: string) =>
  Number(
    (
      await product.sql<{ n: string }>(
        `select count(*) as n from ${table} where network_id = '${network}'`,
      )
    )[0]?.n,
  )
const eventOf = async (network: string, externalId: string) =>
  (
    await product.sql<{ status: string; credited: number; postings: number }>(
      `select e.status::text, e.credited_minor::int as credited, e.postings::int from cashback_events e
       join network_transactions s on s.id = e.transaction_id
       where s.network_id = '${network}' and s.external_id = '${externalId}'`,
    )
  )[0]
const toTransaction = async (network: string, externalId: string) =>
  (
    await product.sql<{ paid_at: string | null; paid_minor: string | null }>(
      `select to_json(paid_at) #>> '{}' as paid_at, paid_minor from network_transactions
       where network_id = '${network}' and external_id = '${externalId}'`,
    )
  )[0]

describe('a file of transactions', () => {
  it('is imported as a run with pages, and its cashback is credited', async () => {
    const { click, member, network } = await createMemberWithClick()
    const answer = await importTransactions(network, [
      `T1,O1,${click},confirmed,2499.00,124.95,2026-01-05,`,
      `T2,O2,${click},open,100,10,2026-02-07,`,
    ])
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      rows: 2,
      changed: 2,
      unattributed: 0,
      pages: 1,
      quarantined: 0,
      errors: [],
    })
    expect(await readBalance(product.payload, member)).toBe(8_747)
    expect(
      await product.sql(
        `select status::text, window_by, rows::int, changed::int, pages::int,
           window_from::date::text as "from", window_to::date::text as "to"
         from sync_runs where network_id = '${network}'`,
      ),
    ).toEqual([
      {
        status: 'completed',
        window_by: 'event',
        rows: 2,
        changed: 2,
        pages: 1,
        from: '2026-01-05',
        to: '2026-02-07',
      },
    ])
  })

  it('changes nothing when it is imported again', async () => {
    const { click, member, network } = await createMemberWithClick()
    const lines = [
      `T1,O1,${click},confirmed,1000,124.95,2026-01-05,`,
      `T2,O2,${click},odd,1,x,2026-01-05,`,
    ]
    await importTransactions(network, lines)
    const before = await stateOf(network, ['page_id'])
    const again = await importTransactions(network, lines)
    expect(again.body).toMatchObject({ rows: 1, changed: 0, quarantined: 0, refused: 1 })
    expect(await stateOf(network, ['page_id'])).toEqual(before)
    // The page of the second import is stored, because a replay needs the latest page.
    expect(
      await product.sql(`select p.run_id::text as run from network_transactions s
        join network_pages p on p.id = s.page_id and p.observed_at = s.observed_at
        where s.network_id = '${network}'`),
    ).toEqual([{ run: again.body.run }])
    expect(await readBalance(product.payload, member)).toBe(8_747)
  })

  it('in a dry run returns rows, errors by line and a sample, and writes nothing', async () => {
    const { click, network } = await createMemberWithClick()
    const answer = await importTransactions(
      network,
      [
        `T1,O1,${click},confirmed,1000,124.95,2026-01-05,`,
        `T2,O2,${click},confirmed,1000,much,2026-01-05,`,
      ],
      '?dryRun=true',
    )
    expect(answer.body).toMatchObject({
      rows: 1,
      errors: [{ line: 3, code: 'money.malformed', detail: expect.stringContaining('much') }],
      sample: [{ externalId: 'T1', commissionMinor: 12_495 }],
    })
    for (const table of [
      'sync_runs',
      'network_pages',
      'network_transactions',
      'quarantined_rows',
    ]) {
      expect(await countOf(table, network)).toBe(0)
    }
  })

  it('is cut into pages of a thousand that can be replayed, with errors by the file’s line numbers', async () => {
    const { click, network } = await createMemberWithClick()
    const lines = Array.from({ length: 2_100 }, (_, at) =>
      at === 2_049
        ? `T${at},"O\n1",${click},confirmed,1,?,2026-01-05,`
        : `T${at},O${at},${click},open,1,1,2026-01-05,`,
    )
    const answer = await importTransactions(network, lines)
    expect(answer.body).toMatchObject({ rows: 2_099, pages: 3, errors: [{ line: 2_052 }] })
    const pages = await product.sql<{ body: string; rows: number }>(
      `select body #>> '{}' as body, rows::int from network_pages where network_id = '${network}' order by number`,
    )
    expect(pages.map(({ rows }) => rows)).toEqual([1_000, 1_000, 100])
    for (const { body } of pages) expect(body.split('\n')[0]).toBe(HEADER)
    expect(pages.map(({ body }) => body.replace(`${HEADER}\n`, '')).join('')).toBe(lines.join('\n'))
  })

  it('can be Latin-1, begin with a byte order mark, and use semicolons', async () => {
    const { click, network } = await createMemberWithClick({
      mapping: {
        ...SETTINGS.mapping,
        delimiter: ';',
        decimalSign: ',',
        columns: { ...SETTINGS.mapping.columns, merchantName: 'Shop' },
      },
    })
    const text = `${HEADER.replaceAll(',', ';')};Shop\nT1;O1;${click};confirmed;1000;124,95;2026-01-05;;Café`
    const bytes = { latin: Buffer.from(text, 'latin1'), marked: Buffer.from(`\uFEFF${text}`) }
    for (const [name, body] of Object.entries(bytes)) {
      const request = new Request(`http://localhost:3000/api/networks/${network}/import`, {
        method: 'POST',
        headers: { ...CSV, Authorization: finance },
        body: new Uint8Array(body),
      })
      const { handleEndpoints } = await import('payload')
      const answer = await handleEndpoints({ config: product.payload.config, request })
      expect(await answer.json()).toMatchObject({ rows: 1, changed: name === 'latin' ? 1 : 0 })
    }
    expect(
      await product.sql(
        `select merchant_name, commission_minor::int from network_transactions where network_id = '${network}'`,
      ),
    ).toEqual([{ merchant_name: 'Café', commission_minor: 12_495 }])
  })

  it('that is older than the latest observation does not replace it', async () => {
    const { click, network } = await createMemberWithClick()
    await importTransactions(network, [`T1,O1,${click},confirmed,1,1,2026-01-05,`])
    const late = [`T1,O1,${click},open,1,1,2026-01-05,`]
    expect((await importTransactions(network, late, '?asOf=2026-02-01')).body).toMatchObject({
      changed: 0,
    })
    expect(await eventOf(network, 'T1')).toMatchObject({ status: 'approved' })
    expect((await importTransactions(network, late, '?asOf=2100-01-01')).status).toBe(400)
  })

  it.each([
    ['a NUL byte', `${HEADER}\nT1,\0,`, 400, 'csv.nul-byte', /Line 2/],
    ['a quote that is not closed', `${HEADER}\n"T1,`, 400, 'csv.malformed', /Line 2/],
    ['a quote that is not closed', `${HEADER}\nT1,"ab,`, 400, 'csv.malformed', /Line 2/],
    ['a column that is missing', 'Id,Order\nT1,O1', 400, 'csv.missing-column', /Click/],
    ['nothing', ' \n', 400, 'csv.empty', /empty/],
    ['more than 10 MB', 'x'.repeat(10 * 1024 * 1024 + 1), 413, 'request.too-large', /10 MB/],
  ])('with %s is refused, and writes nothing', async (_what, body, status, code, words) => {
    const { network } = await createMemberWithClick()
    for (const query of ['?dryRun=true', '']) {
      const answer = await post<{ errors: { message: string }[] }>(
        `${network}/import${query}`,
        body,
      )
      expect(answer.status).toBe(status)
      expect(answer.body).toMatchObject({ errors: [{ code }] })
      expect(answer.body.errors[0]?.message).toMatch(words)
    }
    expect(await countOf('sync_runs', network)).toBe(0)
    expect(await countOf('network_pages', network)).toBe(0)
  })

  it('with a quote within an id is imported without that line', async () => {
    const { click, network } = await createMemberWithClick()
    const answer = await importTransactions(network, [
      `T1,a"b",${click},confirmed,1,1,2026-01-05,`,
      `T2,O2,${click},confirmed,1,1,2026-01-05,`,
    ])
    expect(answer.body).toMatchObject({
      rows: 1,
      errors: [{ line: 2, column: 'Order', code: 'id.malformed' }],
    })
  })

  it('quarantines a row with an id that is too long for the index', async () => {
    const { click, network } = await createMemberWithClick()
    const id = Array.from({ length: 200 }, () => randomUUID()).join('')
    const answer = await importTransactions(network, [
      `${id},O1,${click},confirmed,1,1,2026-01-05,`,
    ])
    expect(answer.body).toMatchObject({
      rows: 0,
      quarantined: 1,
      errors: [{ code: 'id.too-long', column: 'Id' }],
    })
  })

  it('is accepted for networks that are read from files, and from finance', async () => {
    const { payload } = product
    const { member, network } = await createMemberWithClick()
    const other = await createNetwork(payload)
    expect((await importTransactions(other.id, [])).body).toMatchObject({
      errors: [{ code: 'network.no-files' }],
    })
    expect((await importTransactions(randomUUID(), [])).status).toBe(404)
    expect((await post(`${network}/import`, HEADER, { headers: {} })).status).toBe(400)
    const person = await payload.findByID({ collection: 'users', id: member })
    for (const as of [
      await signIn(payload, await createUser(payload, { role: 'support' })),
      await signIn(payload, person),
    ]) {
      expect((await post(`${network}/import`, HEADER, { as })).status).toBe(403)
      expect((await post(statementPath(network), HEADER, { as })).status).toBe(403)
    }
    const machine = await createMachine(payload, ['payments:write'])
    for (const as of ['', machine]) {
      expect((await post(`${network}/import`, HEADER, { as })).status).toBe(401)
      expect((await post(statementPath(network), HEADER, { as })).status).toBe(401)
    }
    expect(await countOf('sync_runs', network)).toBe(0)
  })
})

describe('a payment statement', () => {
  const sold = async () => {
    const fixture = await createMemberWithClick()
    const { click, network } = fixture
    await importTransactions(network, [
      `T1,O1,${click},confirmed,1000,100.00,2026-01-05,`,
      `T2,O2,${click},confirmed,1000,50.00,2026-01-05,`,
      `T3,O3,${click},open,1000,30.00,2026-01-05,`,
      `T4,O4,${click},cancelled,1000,20.00,2026-01-05,`,
      `R1,O1,${click},confirmed,1,-10.00,2026-01-09,O1`,
    ])
    return fixture
  }
  const LINES = ['T1,,100.00', ',O2,45.5', 'T3,O3,30', 'T4,O4,20', 'X9,O9,5', 'R1,O1,-10.00']
  const RESULTS = ['differs', 'not-approved', 'not-approved', 'unknown', 'matched', 'matched']

  it('is matched line by line, and marks its transactions paid without a transfer', async () => {
    const { member, network } = await sold()
    const before = await readBalance(product.payload, member)
    const answer = await pay(network, LINES)
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({
      lines: 6,
      matched: 2,
      totalMinor: 19_050,
      differenceMinor: 5_050,
    })
    expect(answer.body.table.map(({ result }) => result)).toEqual(RESULTS)
    expect(await toTransaction(network, 'T1')).toEqual({
      paid_at: '2026-03-01T00:00:00+00:00',
      paid_minor: '10000',
    })
    expect(await toTransaction(network, 'T2')).toMatchObject({ paid_minor: '4550' })
    expect(await toTransaction(network, 'R1')).toMatchObject({ paid_minor: '-1000' })
    expect(await toTransaction(network, 'T3')).toMatchObject({ paid_minor: '3000' })
    expect(await eventOf(network, 'T1')).toEqual({ status: 'paid', credited: 6_300, postings: 1 })
    expect(await eventOf(network, 'T2')).toMatchObject({ status: 'paid', postings: 1 })
    expect(await eventOf(network, 'T3')).toMatchObject({ status: 'pending' })
    expect(await readBalance(product.payload, member)).toBe(before)
  })

  it('is followed by a clawback if a paid order is declined later', async () => {
    const { click, member, network } = await createMemberWithClick()
    const line = (state: string) => [`T1,O1,${click},${state},1000,100.00,2026-01-05,`]
    await importTransactions(network, line('confirmed'))
    await pay(network, ['T1,,100'])
    expect(await eventOf(network, 'T1')).toEqual({ status: 'paid', credited: 7_000, postings: 1 })
    await importTransactions(network, line('cancelled'))
    expect(await eventOf(network, 'T1')).toEqual({ status: 'reversed', credited: 0, postings: 2 })
    expect(await readBalance(product.payload, member)).toBe(0)
    await importTransactions(network, line('confirmed'))
    expect(await eventOf(network, 'T1')).toEqual({ status: 'paid', credited: 7_000, postings: 3 })
  })

  it('before the network’s approval is stored: once approved, the transaction is paid and not owed', async () => {
    const { click, network } = await createMemberWithClick()
    const line = (state: string) => [`T1,O1,${click},${state},1000,100.00,2026-01-05,`]
    const owed = () =>
      product.rest<{ rows: { network: string }[] }>('GET', '/api/networks/owed', {
        authorization: finance,
      })
    await importTransactions(network, line('open'))
    await pay(network, ['T1,,100'])
    expect(await eventOf(network, 'T1')).toEqual({ status: 'pending', credited: 0, postings: 0 })
    await importTransactions(network, line('confirmed'))
    expect(await eventOf(network, 'T1')).toEqual({ status: 'paid', credited: 7_000, postings: 1 })
    const { body } = await owed()
    expect(body.rows.filter((row) => row.network === network)).toEqual([])
    const again = await pay(network, ['T1,,100'], { reference: 'R-2' })
    expect(again.body.table).toMatchObject([{ result: 'paid-before' }])
  })

  it('in a dry run returns the same result and writes nothing', async () => {
    const { network } = await sold()
    const before = await stateOf(network)
    const dry = await pay(network, [...LINES, 'T1,,much', ',,19'], { dryRun: 'true' })
    expect(dry.status).toBe(200)
    expect(dry.body).toMatchObject({
      lines: 6,
      totalMinor: 19_050,
      errors: [
        { line: 8, code: 'money.malformed' },
        { line: 9, code: 'statement.no-id' },
      ],
    })
    expect(dry.body.table.map(({ result }) => result)).toEqual(RESULTS)
    expect(await stateOf(network)).toEqual(before)
  })

  it('is imported whole or not at all', async () => {
    const { network } = await sold()
    const before = await stateOf(network)
    const audited = await product.sql(`select count(*) from audit_logs where action = 'import'`)
    for (const [lines, query, code] of [
      [['T1,,100', 'T2,,1.005'], {}, 'statement.unreadable-line'],
      [['T1,,100', '"'], {}, 'csv.malformed'],
      [['T1,,1\0'], {}, 'csv.nul-byte'],
      [[], {}, 'csv.empty'],
      [['T1,,100'], { amountColumn: 'fee' }, 'csv.missing-column'],
      [['T1,,100'], { currency: 'XXZ' }, 'request.malformed-value'],
      [['T1,,100'], { paidAt: '2026-02-30' }, 'request.malformed-value'],
      [['T1,,100'], { paidAt: '2099-02-03' }, 'request.malformed-value'],
      [['T1,,100'], { reference: ' ' }, 'request.malformed-value'],
      [['T1,,100'], { reference: 'a\0b' }, 'request.malformed-value'],
      [['T1,,9007199254740991', 'T2,,9007199254740991'], {}, undefined],
    ] as const) {
      const answer = await pay(network, [...lines], query)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
      if (code) expect(answer.body).toMatchObject({ errors: [{ code }] })
    }
    expect(await stateOf(network)).toEqual(before)
    expect(await product.sql(`select count(*) from audit_logs where action = 'import'`)).toEqual(
      audited,
    )
  })

  it('is imported once: again it returns the stored result, and no other statement uses its reference', async () => {
    const { network } = await sold()
    const first = await pay(network, LINES)
    const before = await stateOf(network)
    const again = await pay(network, LINES)
    expect(again.status).toBe(200)
    expect(again.body).toEqual({ ...first.body, isRepeated: true })
    for (const [lines, query] of [
      [['T1,,99'], {}],
      [LINES, { paidAt: '2026-03-02' }],
    ] as const) {
      for (const dryRun of ['true', 'false']) {
        const other = await pay(network, [...lines], { ...query, dryRun })
        expect(other.status).toBe(409)
        expect(other.body).toMatchObject({
          errors: [{ code: 'statement.reference-used', field: 'reference' }],
        })
      }
    }
    expect(await stateOf(network)).toEqual(before)
  })

  it('sent twice at once is imported once', async () => {
    const { network } = await sold()
    const answers = await Promise.all([pay(network, LINES), pay(network, LINES)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 201])
    expect(await countOf('network_statements', network)).toBe(1)
  })

  it('does not pay a transaction that another statement has paid', async () => {
    const { network } = await sold()
    await pay(network, ['T1,,100'])
    const second = await pay(network, ['T1,,90', 'T2,,50', 'T2,,50'], { reference: 'R-2' })
    expect(second.body.table.map(({ result }) => result)).toEqual([
      'paid-before',
      'paid-before',
      'matched',
    ])
    expect(await toTransaction(network, 'T1')).toMatchObject({ paid_minor: '10000' })
    expect(await toTransaction(network, 'T2')).toMatchObject({ paid_minor: '5000' })
  })

  it('matches transactions of its own network only', async () => {
    const [one, other] = [await sold(), await sold()]
    await pay(one.network, ['T1,,100', ',O2,50'])
    expect((await toTransaction(other.network, 'T1'))?.paid_at).toBeNull()
    expect((await toTransaction(other.network, 'T2'))?.paid_at).toBeNull()
    expect(await eventOf(other.network, 'T1')).toMatchObject({ status: 'approved' })
  })

  it('matches a negative line with the order’s reversal, and never with the order itself', async () => {
    const { network } = await sold()
    const answer = await pay(network, ['T1,O1,-10', ',O2,(7.00)', 'T2,,0'])
    expect(answer.body.table).toMatchObject([
      { externalId: null, result: 'unknown', transaction: null },
      { externalId: 'T2', result: 'differs' },
      { externalId: 'T1', result: 'matched', ourMinor: -1_000 },
    ])
    expect(await toTransaction(network, 'R1')).toMatchObject({ paid_minor: '-1000' })
    for (const id of ['T1', 'T2']) expect((await toTransaction(network, id))?.paid_at).toBeNull()
  })

  it('in another currency marks the transaction paid without comparing amounts', async () => {
    const { network } = await sold()
    const answer = await pay(network, ['T1,,1.20'], { currency: 'USD' })
    expect(answer.body.table).toMatchObject([{ result: 'differs', ourMinor: null }])
    expect(await toTransaction(network, 'T1')).toMatchObject({
      paid_at: expect.any(String),
      paid_minor: null,
    })
  })

  it('is read by the columns of the query, else of the network’s settings', async () => {
    const { click, network } = await createMemberWithClick({
      ...SETTINGS,
      statement: { idColumn: 'Ref', amountColumn: 'Net', delimiter: ';', decimalSign: ',' },
    })
    await importTransactions(network, [`T1,O1,${click},confirmed,10000,1234.50,2026-01-05,`])
    const file = 'Ref;Order;Amount;Net;Gross\nT1;O1;9;1.234,50;8'
    expect((await post(statementPath(network, { dryRun: 'true' }), file)).body).toMatchObject({
      matched: 1,
    })
    const query = { dryRun: 'true', amountColumn: 'Gross' }
    expect((await post(statementPath(network, query), file)).body).toMatchObject({
      totalMinor: 800,
    })
    expect((await post(statementPath(network), 'Ref;Net;Currency\nT1;1,5;usd')).body).toMatchObject(
      { errors: [{ code: 'statement.unreadable-line' }] },
    )
  })

  it('is in the audit log with its importer', async () => {
    const { network } = await sold()
    const { id } = (await pay(network, LINES)).body as unknown as { id: string }
    expect(
      await product.sql(
        `select action, actor_role, after ->> 'reference' as reference from audit_logs where subject_id = '${id}'`,
      ),
    ).toEqual([{ action: 'import', actor_role: 'finance', reference: 'R-1' }])
  })

  it('of 50,000 lines is imported in one database transaction', async () => {
    const { member, network } = await createMemberWithClick()
    await product.sql(`insert into network_transactions (id, network_id, external_id, order_id, member_id,
        status, raw_status, sale_minor, commission_minor, currency, event_at, observed_at, content_hash, is_id_generated)
      select time_ordered_uuid(), '${network}', 'T' || n, 'O' || n, '${member}', 'approved', 'confirmed',
        1000, 100, 'INR', '2026-01-05', '2026-01-06', 'h' || n, false from generate_series(1, 50000) n`)
    await product.sql(`insert into cashback_events (id, transaction_id, member_id, status, amount_minor, credited_minor,
        currency, rate_basis, rate_bps, postings, tracked_at)
      select time_ordered_uuid(), id, member_id, 'approved', 70, 70, 'INR', 'commission', 7000, 1, event_at
      from network_transactions where network_id = '${network}'`)
    const lines = Array.from(
      { length: 50_000 },
      (_, at) => `T${at + 1},,${at % 10 === 0 ? '0.90' : '1.00'}`,
    )
    const answer = await pay(network, lines)
    expect(answer.body).toMatchObject({
      lines: 50_000,
      matched: 45_000,
      totalMinor: 4_950_000,
      leftOut: 49_500,
    })
    expect(
      await product.sql(
        `select count(*)::int as n, sum(paid_minor)::int as paid, count(distinct xmin::text)::int as transactions
         from network_transactions where network_id = '${network}' and paid_at is not null`,
      ),
    ).toEqual([{ n: 50_000, paid: 4_950_000, transactions: 1 }])
    expect(
      await product.sql(
        `select e.status::text, count(*)::int as n, count(distinct e.xmin::text)::int as transactions
         from cashback_events e join network_transactions s on s.id = e.transaction_id
         where s.network_id = '${network}' group by 1`,
      ),
    ).toEqual([{ status: 'paid', n: 50_000, transactions: 1 }])
  }, 180_000)
})
