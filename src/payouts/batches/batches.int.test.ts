import { createHash } from 'node:crypto'

import { createLocalReq } from 'payload'

import { type Approved, approveWithdrawals } from '../../../test/support/approveWithdrawals.ts'
import { createUser, readBalance, signIn } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { dayIn } from '../../domain/zonedDay.ts'
import { verifyWallets } from '../../ledger/verification/verifyWallets.ts'
import { BUILT_IN_PROFILES } from '../bankFiles/builtInProfiles.ts'
import { createBatch, type CreatedBatch } from './createBatch.ts'
import type { ImportedResults, ResultPreview } from './importResults.ts'
import { resolveAttempt } from './resolveAttempt.ts'

const PROFILE = 'Generic CSV'
const IBAN = 'DE89370400440532013000'
const TODAY = dayIn(new Date(), 'Asia/Kolkata')
let product: Product
let [maker, importer, support] = ['', '', '']
let importerId = ''

beforeAll(async () => {
  product = await startProduct()
  const { payload } = product
  maker = await signIn(payload, await createUser(payload, { role: 'finance', name: 'Meera' }))
  const second = await createUser(payload, { role: 'finance', name: 'Ravi' })
  await product.sql(
    `update users set created_at = now() - interval '60 days' where role = 'finance'`,
  )
  importerId = second.id
  importer = await signIn(payload, second)
  const profiles = JSON.stringify([
    { ...BUILT_IN_PROFILES.genericCsv, name: 'Other bank' },
    { ...BUILT_IN_PROFILES.painSepa, name: 'Sepa', debtorName: 'We', debtorIban: IBAN },
  ])
  await product.sql(`insert into payout_config (id, bank_profiles, created_at, updated_at)
    values (gen_random_uuid(), '${profiles}', now(), now())`)
  support = await signIn(payload, await createUser(payload, { role: 'support' }))
})
afterAll(() => product.close())
afterEach(async () => {
  // What a test leaves approved would be in the next batch.
  await product.sql(`update withdrawals set approved_at = now() + interval '1 year'
    where status = 'approved'`)
})

type Errors = { errors: { code: string; message: string }[] }
const make = (body: object = {}, authorization = maker) =>
  product.rest<CreatedBatch & Errors>('POST', '/api/payout-batches', {
    authorization,
    body: { bankProfile: PROFILE, payDate: TODAY, ...body },
  })
const download = async (id: string, authorization = maker) => {
  const response = await product.raw('GET', `/api/payout-batches/${id}/file`, { authorization })
  return { response, text: await response.text() }
}
const send = <Body>(path: string, text: string, { authorization = importer, query = '' } = {}) =>
  product.rest<Body & Errors>(
    'POST',
    `/api/payout-batches/${path}?bankProfile=${encodeURIComponent(PROFILE)}&name=answer.csv${query}`,
    { authorization, body: text, headers: { 'Content-Type': 'text/csv' } },
  )
const importText = (text: string, options = {}) =>
  send<ImportedResults>('import-results', text, options)
const preview = (text: string, options = {}) =>
  send<ResultPreview>('preview-results', text, options)

type AttemptRow = { key: string; status: string; net: number; withdrawal: string }
const attemptsOf = (batch: string) =>
  product.sql<AttemptRow>(`select a.key, a.status::text, a.amount_minor::float8 as net,
      a.withdrawal_id::text as withdrawal
    from payout_attempts a where a.batch_id = '${batch}' order by a.amount_minor`)
const statusOf = async (id: string) =>
  (
    await product.sql<{ status: string }>(`select status::text from withdrawals where id = '${id}'`)
  )[0]?.status

const HEADER = 'Reference,Status,Bank reference,Account number,IFSC,Amount,Reason,Paid on'
type Line = Partial<
  Record<'account' | 'amount' | 'ifsc' | 'key' | 'reason' | 'status' | 'utr', string>
>
const toText = (lines: Line[]): string =>
  [
    HEADER,
    ...lines.map(({ account = '', amount, ifsc = '', key = '', reason = '', status, utr = '' }) =>
      [key, status ?? 'Paid', utr, account, ifsc, amount ?? '100.00', reason, TODAY].join(','),
    ),
  ].join('\r\n')
const rupees = (minor: number) =>
  `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`
const paid = ({ key, net }: AttemptRow, status = 'Paid'): Line => ({
  key,
  amount: rupees(net),
  status,
  utr: `UTR${key.slice(2, 12)}`,
})
const makeBatch = async (count: number) => {
  const approved = await approveWithdrawals(
    product,
    Array.from({ length: count }, () => ({})),
  )
  const { body, status } = await make({ ids: approved.map(({ id }) => id) })
  expect(status).toBe(201)
  return { approved, batch: body, attempts: await attemptsOf(body.id) }
}
const expectSound = async () => {
  const { problems } = await verifyWallets(product.payload, { freeze: false })
  expect(problems).toEqual([])
}
const codeOf = ({ body, status }: { body: Errors; status: number }) => [
  status,
  body.errors[0]?.code,
]

describe('a batch', () => {
  it('takes all that are approved with the profile, debits them, and is not made twice', async () => {
    const approved = await approveWithdrawals(product, [{}, {}, {}])
    const { body, status } = await make()
    expect(status).toBe(201)
    expect(body).toMatchObject({ count: 3, totalMinor: 30_003, refused: [], hasMore: false })
    expect(await attemptsOf(body.id)).toMatchObject([
      { status: 'sent', net: 10_000 },
      { status: 'sent', net: 10_001 },
      { status: 'sent', net: 10_002 },
    ])
    expect(await statusOf(approved[0]?.id ?? '')).toBe('sent')
    expect(codeOf(await make())).toEqual([409, 'payout-batch.empty'])
    const again = await make({ ids: approved.map(({ id }) => id) })
    expect(again.body.errors[0]?.message).toContain('This withdrawal is sent.')
    await expectSound()
  })

  it('lists what its file cannot pay, which stays approved', async () => {
    const bad = {
      kind: 'bank-in',
      accountNumber: 'x',
      ifsc: 'HDFC0000045',
      holderName: 'A',
    } as const
    const approved = await approveWithdrawals(product, [{ account: bad }, {}])
    const [other] = await approveWithdrawals(product, [{}], { bankProfile: 'Other' })
    const { body } = await make({ ids: [...approved, other as Approved].map(({ id }) => id) })
    expect(body).toMatchObject({
      count: 1,
      refused: [
        { id: approved[0]?.id, code: 'payout-file.account' },
        { id: other?.id, code: 'payout-batch.other-profile' },
      ],
    })
    expect(await statusOf(approved[0]?.id ?? '')).toBe('approved')
  })

  it.each([
    ['under review', `update users set review_reason = 'odd' where id = '$member'`],
    ['with a frozen wallet', `update wallets set frozen_at = now() where owner_id = '$member'`],
    ['with an open late success', `update withdrawals set is_paid_late = true where id = '$id'`],
  ])('leaves out a withdrawal of a member %s', async (_case, change) => {
    const [first, second] = await approveWithdrawals(product, [{}, {}])
    await product.sql(
      change.replace('$member', first?.member ?? '').replace('$id', first?.id ?? ''),
    )
    const { body } = await make({ ids: [first?.id, second?.id] })
    expect(body).toMatchObject({
      count: 1,
      refused: [{ id: first?.id, code: 'payout-batch.not-payable' }],
    })
  })

  it.each([
    ['a past day', { payDate: '2026-01-01' }, [400, 'payout-batch.pay-date']],
    ['no day', { payDate: 'soon' }, [400, 'payout-batch.pay-date']],
    ['an unknown profile', { bankProfile: 'None' }, [409, 'payout-batch.profile']],
    [
      'an incomplete profile',
      { bankProfile: 'SEPA credit transfer (pain.001)' },
      [409, 'payout-batch.profile'],
    ],
  ])('is refused for %s', async (_case, body, expected) => {
    expect(codeOf(await make(body))).toEqual(expected)
  })

  it('is made once when two people make it at the same moment', async () => {
    await approveWithdrawals(product, [{}, {}])
    const made = await Promise.all([make(), make({}, importer)])
    expect(made.map(({ status }) => status).sort()).toEqual([201, 409])
  })

  it('is neither made nor downloaded by support', async () => {
    const { batch } = await makeBatch(1)
    expect((await make({}, support)).status).toBe(403)
    expect((await download(batch.id, support)).response.status).toBe(403)
  })
})

describe('the file of a batch', () => {
  it('has the same bytes each time, also after a member changed the phone, and is audited', async () => {
    const { approved, batch } = await makeBatch(2)
    const first = await download(batch.id)
    await product.sql(`update users set email = 'new' || email, phone = '+919845066601',
      phone_verified_at = now() where id = '${approved[0]?.member}'`)
    const second = await download(batch.id, importer)
    expect(second.text).toBe(first.text)
    expect(first.response.headers.get('cache-control')).toBe('private, no-store')
    expect(first.response.headers.get('content-length')).toBe(String(first.text.length))
    expect(first.text).toContain('50100000000')
    const [row] = await product.sql<{ sha256: string }>(
      `select sha256 from payout_batches where id = '${batch.id}'`,
    )
    expect(row?.sha256).toBe(createHash('sha256').update(first.text).digest('hex'))
    const audits = await product.sql(`select action from audit_logs
      where subject = 'payout-batches' and subject_id = '${batch.id}' order by at`)
    expect(audits).toEqual([{ action: 'create' }, { action: 'download' }, { action: 'download' }])
  })

  it('is refused when it would have other bytes, or an earlier attempt may have been paid', async () => {
    const { approved, batch } = await makeBatch(1)
    await product.sql(`update payout_batches set sha256 = 'x' where id = '${batch.id}'`)
    expect((await download(batch.id)).response.status).toBe(409)
    await product.sql(`update payout_batches set sha256 = null where id = '${batch.id}'`)
    await product.sql(`update payout_attempts set late_status = 'open'
      where withdrawal_id = '${approved[0]?.id}'`)
    const { response, text } = await download(batch.id)
    expect([response.status, text]).toEqual([409, expect.stringContaining('withdrawal.paid-late')])
    await product.sql(`update payout_attempts set late_status = null
      where withdrawal_id = '${approved[0]?.id}'`)
  })

  it.each(['=cmd()', '+1', '-1', '@x'])('writes the name %s as plain text', async (holderName) => {
    const account = {
      kind: 'bank-in',
      accountNumber: '50100000077',
      ifsc: 'HDFC0000045',
      holderName: `${holderName} Rao`,
    } as const
    const [approved] = await approveWithdrawals(product, [{ account }])
    const { body } = await make({ ids: [approved?.id] })
    const { text } = await download(body.id)
    for (const cell of text.split(/[\r\n,]+/)) expect(cell).not.toMatch(/^[=+\-@]/)
  })
})

describe('a bank’s answer', () => {
  it('settles, fails and returns payments, and closes its batch', async () => {
    const { approved, attempts, batch } = await makeBatch(3)
    const [one, two, three] = attempts as [AttemptRow, AttemptRow, AttemptRow]
    const text = toText([
      paid(one),
      { ...paid(two, 'Rejected'), reason: 'Account 123456789012 closed' },
      paid(three, 'Pending'),
    ])
    const seen = await preview(text)
    expect(seen.body).toMatchObject({
      counts: { apply: 2, unchanged: 1 },
      amounts: { settled: { count: 1, minor: 10_000 }, failed: { count: 1, minor: 10_001 } },
      batches: 1,
    })
    expect(await statusOf(one.withdrawal)).toBe('sent')

    const { body, status } = await importText(text)
    expect(status).toBe(201)
    expect(body).toMatchObject({
      counts: { apply: 2, unchanged: 1 },
      batches: [{ id: batch.id, status: 'open' }],
      lines: [{ outcome: 'unchanged', attempt: three.key }],
    })
    expect(await Promise.all(attempts.map(({ withdrawal }) => statusOf(withdrawal)))).toEqual([
      'settled',
      'failed',
      'sent',
    ])
    const failed = approved.find(({ id }) => id === two.withdrawal)
    expect(await readBalance(product.payload, failed?.member ?? '')).toBe(10_501)
    const [row] = await product.sql<{ reason: string; utr: string }>(`select
      (select reason from withdrawals where id = '${two.withdrawal}') as reason,
      (select bank_reference from withdrawals where id = '${one.withdrawal}') as utr`)
    expect(row).toEqual({ reason: 'Account …9012 closed', utr: `UTR${one.key.slice(2, 12)}` })

    const rest = await importText(toText([paid(three)]))
    expect(rest.body.batches).toMatchObject([{ status: 'answered' }])
    await expectSound()
  })

  it('returns money days later, once', async () => {
    const { approved, attempts } = await makeBatch(1)
    const [attempt] = attempts as [AttemptRow]
    await importText(toText([paid(attempt)]))
    const returned = { ...paid(attempt, 'Returned'), reason: 'Account closed' }
    await importText(toText([returned]))
    await importText(toText([returned, returned]))
    expect(await statusOf(attempt.withdrawal)).toBe('returned')
    expect(await readBalance(product.payload, approved[0]?.member ?? '')).toBe(10_500)
    await expectSound()
  })

  it('is imported once, also by another person', async () => {
    const { attempts } = await makeBatch(1)
    const text = toText(attempts.map((attempt) => paid(attempt)))
    await importText(text)
    const again = await importText(text)
    expect(codeOf(again)).toEqual([409, 'payout-file.imported'])
    expect(again.body.errors[0]?.message).toMatch(
      /^Ravi imported this file on \d{4}-\d\d-\d\d \d\d:\d\d UTC, as answer\.csv\.$/,
    )
    expect(codeOf(await preview(text))).toEqual([409, 'payout-file.imported'])
  })

  it('is imported once when two people import it at the same moment', async () => {
    const { attempts } = await makeBatch(2)
    const admin = await createUser(product.payload, { role: 'admin' })
    const authorization = await signIn(product.payload, admin)
    const text = toText(attempts.map((attempt) => paid(attempt)))
    const imported = await Promise.all([importText(text), importText(text, { authorization })])
    expect(imported.map(({ status }) => status).sort()).toEqual([201, 409])
    await expectSound()
  })

  it('is not imported by who made the batch', async () => {
    const { attempts } = await makeBatch(1)
    const text = toText(attempts.map((attempt) => paid(attempt)))
    const refused = [403, 'payout-file.own-batch']
    expect(codeOf(await importText(text, { authorization: maker }))).toEqual(refused)
    expect(codeOf(await preview(text, { authorization: maker }))).toEqual(refused)
    expect(codeOf(await importText(text, { authorization: support }))).toEqual([
      403,
      'auth.forbidden',
    ])
    expect((await importText(text)).status).toBe(201)
  })

  it('changes nothing by lines that cannot be believed, and keeps them without account data', async () => {
    const { attempts } = await makeBatch(4)
    const [one, two, three, four] = attempts as [AttemptRow, AttemptRow, AttemptRow, AttemptRow]
    const text = toText([
      paid(one),
      { ...paid(two), amount: '99.00' },
      paid(three),
      paid(three, 'Failed'),
      { ...paid(four), account: '50199999999' },
      { key: 'pa00000000000000000000000000000000', account: '50188888888' },
      { key: '' },
    ])
    const { body } = await importText(text)
    expect(body.counts).toMatchObject({
      apply: 1,
      'changed-amount': 1,
      contradictory: 2,
      'changed-account': 1,
      unknown: 1,
      refused: 1,
    })
    for (const { withdrawal } of [two, three, four]) expect(await statusOf(withdrawal)).toBe('sent')
    const [row] = await product.sql<{ lines: { code: string; line: number }[] }>(
      `select lines from payout_result_files where id = '${body.id}'`,
    )
    expect(row?.lines.map(({ code, line }) => `${line} ${code}`)).toEqual([
      '3 payout-file.changed-amount',
      '4 payout-file.contradictory',
      '5 payout-file.contradictory',
      '6 payout-file.changed-account',
      '7 payout-file.unknown',
      '8 payout-file.no-key',
    ])
    expect(JSON.stringify([row, body])).not.toMatch(/501\d{8}/)
  })

  it('puts a payment with an unmapped status in doubt, and a later answer decides', async () => {
    const { attempts } = await makeBatch(1)
    const [attempt] = attempts as [AttemptRow]
    await importText(toText([paid(attempt, 'Under scrutiny')]))
    expect(await statusOf(attempt.withdrawal)).toBe('in-doubt')
    await importText(toText([paid(attempt)]))
    expect(await statusOf(attempt.withdrawal)).toBe('settled')
  })

  it('asks a person about a payment that had failed before', async () => {
    const { attempts } = await makeBatch(1)
    const [attempt] = attempts as [AttemptRow]
    await importText(toText([paid(attempt, 'Failed')]))
    const { body } = await importText(toText([paid(attempt)]))
    expect(body.counts).toMatchObject({ 'paid-late': 1 })
    const req = await createLocalReq({}, product.payload)
    const answer = { key: attempt.key, found: 'paid', reason: 'seen', by: importerId } as const
    await inTransaction(req, () => resolveAttempt(req, { ...answer, now: new Date() }))
    expect(await statusOf(attempt.withdrawal)).toBe('settled')
    await importText(toText([paid(attempt, 'Returned')]))
    expect(await statusOf(attempt.withdrawal)).toBe('returned')
    await expectSound()
  })

  it('is matched by account and amount where the bank returns no reference', async () => {
    const { attempts, batch } = await makeBatch(2)
    const text = toText([
      { account: '050100000000', ifsc: 'HDFC0000045', amount: '100.00' },
      { account: '50100000001', ifsc: 'HDFC0000045', amount: '100.01', status: 'Rejected' },
    ])
    await importText(text, { query: `&batch=${batch.id}` })
    expect(await Promise.all(attempts.map(({ withdrawal }) => statusOf(withdrawal)))).toEqual([
      'settled',
      'failed',
    ])
  })

  it('is refused for another batch or bank, and nothing of it is stored', async () => {
    const { attempts } = await makeBatch(1)
    const [approved] = await approveWithdrawals(product, [{}], { bankProfile: 'Other bank' })
    const other = await make({ bankProfile: 'Other bank', ids: [approved?.id] })
    const text = toText(
      [...attempts, ...(await attemptsOf(other.body.id))].map((attempt) => paid(attempt)),
    )
    expect(codeOf(await importText(text))).toEqual([409, 'payout-file.other-bank'])
    const unknown = toText([{ key: 'pa1' }])
    expect(codeOf(await importText(unknown))).toEqual([409, 'payout-file.other-bank'])
    expect(codeOf(await importText('a,b\r\n1,2'))).toEqual([400, 'payout-file.columns'])
    expect(await statusOf(attempts[0]?.withdrawal ?? '')).toBe('sent')
  })

  it('counts for each payment where it answers for the batch as a whole', async () => {
    const account = { kind: 'iban', iban: IBAN, bic: null, holderName: 'Asha Rao' } as const
    const wanted = [1, 2].map(() => ({ account, currency: 'EUR' }))
    const approved = await approveWithdrawals(product, wanted, { bankProfile: 'Sepa' })
    const { body } = await make({ bankProfile: 'Sepa', ids: approved.map(({ id }) => id) })
    const first = await download(body.id)
    expect(first.text).toContain(`<MsgId>${body.reference}</MsgId>`)
    expect((await download(body.id)).text).toBe(first.text)
    const answer = (reference: string) => `<?xml version="1.0" encoding="UTF-8"?>
      <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
      <OrgnlGrpInfAndSts><OrgnlMsgId>${reference}</OrgnlMsgId><GrpSts>RJCT</GrpSts>
      </OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>`
    const sendXml = (text: string, authorization = importer, query = '') =>
      product.rest<ImportedResults & Errors>(
        'POST',
        `/api/payout-batches/import-results?bankProfile=Sepa${query}`,
        { authorization, body: text, headers: { 'Content-Type': 'application/xml' } },
      )
    expect(codeOf(await sendXml(answer('B-NONE')))).toEqual([409, 'payout-file.other-bank'])
    const named = `&batch=${body.id}`
    expect(codeOf(await sendXml(answer('B-NONE'), importer, named))).toEqual([
      409,
      'payout-file.other-batch',
    ])
    expect(codeOf(await sendXml(answer(body.reference), maker))).toEqual([
      403,
      'payout-file.own-batch',
    ])
    const imported = await sendXml(answer(body.reference))
    expect(imported.body).toMatchObject({
      counts: { apply: 2 },
      batches: [{ id: body.id, status: 'answered' }],
    })
    for (const { id } of approved) expect(await statusOf(id)).toBe('failed')
  })

  it('leaves nothing when its transaction fails', async () => {
    const { attempts } = await makeBatch(2)
    const [one, two] = attempts as [AttemptRow, AttemptRow]
    // The second withdrawal cannot be written.
    await product.sql(`create function fail_one() returns trigger language plpgsql as $$ begin
      if new.id = '${two.withdrawal}' then raise exception 'no'; end if; return new; end $$`)
    await product.sql(`create trigger fail_one before update on withdrawals
      for each row execute function fail_one()`)
    const text = toText([paid(one), paid(two)])
    const { status } = await importText(text)
    await product.sql(`drop trigger fail_one on withdrawals`)
    expect(status).toBe(500)
    expect(await attemptsOf((await findBatchOf(one.key)) ?? '')).toMatchObject([
      { status: 'sent' },
      { status: 'sent' },
    ])
    expect((await importText(text)).status).toBe(201)
  })
})

const findBatchOf = async (key: string) =>
  (
    await product.sql<{ batch: string }>(
      `select batch_id::text as batch from payout_attempts where key = '${key}'`,
    )
  )[0]?.batch

it('a thousand withdrawals are sent, answered and reconciled', async () => {
  const { approved, attempts, batch } = await makeBatch(1_000)
  const { text } = await download(batch.id)
  expect(text.trim().split('\r\n')).toHaveLength(1_001)
  const { body } = await importText(
    toText(attempts.map((attempt, at) => paid(attempt, at % 10 === 0 ? 'Failed' : 'Paid'))),
  )
  expect(body).toMatchObject({ counts: { apply: 1_000 }, batches: [{ status: 'answered' }] })
  const report = await product.rest<{ rows: { batch: string }[]; unexplained: unknown[] }>(
    'GET',
    '/api/payout-batches/reconciliation',
    { authorization: importer },
  )
  expect(report.body.unexplained).toEqual([])
  const total = approved.reduce((sum, { netMinor }) => sum + netMinor, 0)
  const row = report.body.rows.find(({ batch: reference }) => reference === batch.reference)
  expect(row).toMatchObject({ attempts: 1_000, sentMinor: total, openMinor: 0, differenceMinor: 0 })
  await expectSound()
}, 60_000)

it('two batches of the same withdrawals cannot both be made in the database', async () => {
  const [approved] = await approveWithdrawals(product, [{}])
  const req = await createLocalReq({}, product.payload)
  const ask = { bankProfile: PROFILE, payDate: TODAY, ids: [approved?.id ?? ''], by: importerId }
  await inTransaction(req, () => createBatch(req, { ...ask, now: new Date() }))
  await expect(
    inTransaction(req, () => createBatch(req, { ...ask, now: new Date() })),
  ).rejects.toMatchObject({ code: 'payout-batch.empty' })
})
