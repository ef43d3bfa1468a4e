import type { User } from '../../payload-types.ts'
import {
  approveAs,
  claimAll,
  reportAttempt,
  requestByMember,
} from '../../../test/support/deskFactories.ts'
import { createPayment, createReferral, createUser } from '../../../test/support/factories.ts'
import { setDriver, setPayoutRules } from '../../../test/support/payoutFactories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { readDb } from '../../database/readDb.ts'
import { openSimulated } from '../drivers/simulated.ts'
import { assessWithdrawal } from './assessWithdrawal.ts'
import { countDesk } from './countDesk.ts'
import type { ListTab } from './deskQuery.ts'
import { countPayable, listBatches } from './listBatches.ts'
import { listDesk } from './listDesk.ts'
import { listOwners } from './listOwners.ts'
import { loadDeskDetail } from './loadDeskDetail.ts'
import { loadDeskRows } from './loadDeskRows.ts'

let product: Product
let [first, second] = [] as unknown as [User, User]
beforeAll(async () => {
  product = await startProduct()
  await setPayoutRules(product, [
    { four_eyes_above_minor: 500_000, fee_fixed_minor: 500 },
    { kind: 'bank-in', driver: 'bank-file', bank_profile: 'Generic CSV' },
  ])
  setDriver(
    product.payload,
    openSimulated({ baseUrl: 'http://localhost:1', apiKey: 'unused', privateHosts: 'any' }),
  )
  first = await createUser(product.payload, { role: 'finance', name: 'Arvind Kulkarni' })
  second = await createUser(product.payload, { role: 'admin', name: 'Meera Nair' })
})
afterAll(() => product.close())

const db = () => readDb({ payload: product.payload })
const NO_FILTERS = { currency: null, kind: null, text: '' }
const list = async (tab: ListTab, filters: Partial<typeof NO_FILTERS> = {}) =>
  listDesk(await db(), {
    tab,
    filters: { ...NO_FILTERS, ...filters },
    page: 1,
    now: new Date(),
  })
const referencesIn = async (tab: ListTab, text: string): Promise<string[]> =>
  (await list(tab, { text })).rows.map(({ reference }) => reference)

/** A withdrawal of a member with a name of its own, approved and claimed. */
const claimed = async (name: string) => {
  const requested = await requestByMember(product, { name })
  await approveAs(product.payload, first.id, [requested.id])
  const [key] = await claimAll(product.payload)
  if (!key) throw new Error('Nothing was claimed.')
  return { ...requested, key }
}

describe('the tabs of the desk', () => {
  it('each withdrawal is in the tab of its state', async () => {
    const name = 'Tabs Member'
    const waiting = await requestByMember(product, { name })
    const held = await requestByMember(product, { name })
    await product.sql(
      `update withdrawals set status = 'on-hold', reason = 'looks odd', hold_owner_id = '${first.id}',
         held_by_id = '${first.id}', hold_until = now() - interval '1 hour', round = 2
       where id = '${held.id}'`,
    )
    const doubtful = await claimed(name)
    await reportAttempt(product.payload, doubtful.key, { status: 'unknown', code: 'timeout' })
    const sent = await claimed(name)
    await reportAttempt(product.payload, sent.key, { status: 'pending' })
    const settled = await claimed(name)
    await reportAttempt(product.payload, settled.key, { status: 'settled', bankReference: 'UTR1' })
    const late = await claimed(name)
    await reportAttempt(product.payload, late.key, { status: 'failed', remedy: 'never' })
    await reportAttempt(product.payload, late.key, { status: 'settled' })
    const approved = await requestByMember(product, { name })
    await approveAs(product.payload, first.id, [approved.id])

    expect(await referencesIn('waiting', name)).toEqual([waiting.reference])
    expect(await referencesIn('on-hold', name)).toEqual([held.reference])
    expect(await referencesIn('to-pay', name)).toEqual([approved.reference])
    expect(await referencesIn('sent', name)).toEqual([sent.reference])
    expect(await referencesIn('in-doubt', name)).toEqual([doubtful.reference])
    expect(await referencesIn('paid-late', name)).toEqual([late.reference])
    expect((await referencesIn('done', name)).sort()).toEqual(
      [settled.reference, late.reference].sort(),
    )
    expect(await countDesk(await db(), new Date())).toMatchObject({
      'on-hold': 1,
      'paid-late': 1,
      'in-doubt': 1,
      overdue: 1,
    })
    const [row] = (await list('in-doubt', { text: name })).rows
    expect(row?.attempt).toMatchObject({ code: 'timeout', status: 'in-doubt' })
    expect(row?.attempt?.inDoubtSince).toEqual(expect.any(String))
  })

  it('the riskiest of equal age comes first, and a much older one before it', async () => {
    const name = 'Order Member'
    const plain = await requestByMember(product, { name })
    const risky = await requestByMember(product, { name, nameMatch: 'mismatch' })
    const old = await requestByMember(product, { name })
    await product.sql(`alter table withdrawals disable trigger user`)
    await product.sql(
      `update withdrawals set created_at = now() - interval '10 days' where id = '${old.id}'`,
    )
    await product.sql(`alter table withdrawals enable trigger user`)
    expect(await referencesIn('waiting', name)).toEqual([
      old.reference,
      risky.reference,
      plain.reference,
    ])
  })

  it('filters by currency, method and a part of the reference, name or address', async () => {
    const one = await requestByMember(product, { name: 'Filter Member 100%' })
    const found = async (filters: object) => (await list('waiting', filters)).total
    expect(await found({ text: one.reference.toLowerCase() })).toBe(1)
    expect(await found({ text: one.member.email })).toBe(1)
    expect(await found({ text: '100%' })).toBe(1)
    expect(await found({ text: one.reference, currency: 'EUR' })).toBe(0)
    expect(await found({ text: one.reference, kind: 'iban' })).toBe(0)
    expect(await found({ text: one.reference, kind: 'upi', currency: 'INR' })).toBe(1)
  })

  it('a page beyond the ranked ones is read by age, and one beyond the end is empty', async () => {
    const page = await listDesk(await db(), {
      tab: 'waiting',
      filters: NO_FILTERS,
      page: 30,
      now: new Date(),
    })
    expect(page.rows).toEqual([])
    expect(page.total).toBeGreaterThan(0)
  })
})

describe('a withdrawal in detail', () => {
  it('shows shared accounts, other withdrawals, approvals, attempts and amounts', async () => {
    const fingerprint = `shared-${Date.now()}`
    const other = await requestByMember(product, { name: 'Other Owner', fingerprint })
    const { id, member } = await requestByMember(product, {
      name: 'Shared Owner',
      fingerprint,
      amountMinor: 600_000,
      creditMinor: 700_000,
    })
    expect(await approveAs(product.payload, first.id, [id])).toMatchObject({ first: [id] })
    const detail = await loadDeskDetail(await db(), { id, now: new Date() })
    expect(detail).toMatchObject({
      row: {
        otherMembers: 1,
        feeMinor: 500,
        netMinor: 599_500,
        approvalsNeeded: 2,
        approvedBy: [first.id],
        attempt: null,
      },
      others: [{ id: other.member.id, name: 'Other Owner', settledCount: 0 }],
      approvals: [{ name: 'Arvind Kulkarni', round: 1 }],
      availableMinor: 100_000,
      heldMinor: 600_000,
      earlier: [],
      quote: { rule: { feeFixedMinor: 500 } },
    })
    expect(detail?.assessment.notes.map(({ text }) => text)).toContain(
      '1 other member has the same account',
    )
    await approveAs(product.payload, second.id, [id])
    await claimAll(product.payload)
    const [attempt] = await product.sql<{ key: string }>(
      `select key from payout_attempts where withdrawal_id = '${id}'`,
    )
    await reportAttempt(product.payload, attempt?.key ?? '', {
      status: 'failed',
      code: 'closed',
      detail: 'Account closed',
      remedy: 'fix',
    })
    const after = await loadDeskDetail(await db(), { id, now: new Date() })
    expect(after?.attempts).toMatchObject([{ code: 'closed', detail: 'Account closed', number: 1 }])
    expect(after?.attempts[0]).not.toHaveProperty('sealedCards')
    const next = await requestByMember(product, { member })
    const later = await loadDeskDetail(await db(), { id: next.id, now: new Date() })
    expect(later?.earlier).toMatchObject([{ id, status: 'failed', reason: 'Account closed' }])
  })

  it('lists the earnings behind the balance, with what can still be refunded', async () => {
    const { affiliate, buyer } = await createReferral(product.payload, { name: 'Earner' })
    const pay = (amountMinor: number) =>
      createPayment(product.payload, { user: buyer.id, status: 'completed', amountMinor })
    const fresh = await pay(1_000_000)
    const old = await pay(2_000_000)
    await product.sql(
      `update payments set completed_at = now() - interval '200 days' where id = '${old.id}'`,
    )
    const { id } = await requestByMember(product, {
      member: affiliate,
      creditMinor: 10_000,
      amountMinor: 50_000,
    })
    const detail = await loadDeskDetail(await db(), { id, now: new Date() })
    expect(detail?.earnings).toMatchObject({ count: 3, refundableMinor: 100_000 })
    expect(detail?.earnings.totalMinor).toBe(310_000)
    expect(detail?.earnings.kinds).toEqual([{ kind: 'commission', count: 3, minor: 310_000 }])
    const found = detail?.earnings.rows.find(({ payment }) => payment === fresh.id)
    expect(found).toMatchObject({ state: 'refundable', reference: fresh.reference })
    expect(detail?.row.refundableMinor).toBe(100_000)
    if (!detail) throw new Error('It is there.')
    const words = assessWithdrawal(detail.row, new Date()).reasons.map(({ code }) => code)
    expect(words).toContain('refundable')
  })

  it('an unknown id is null, and no ids are no rows', async () => {
    const id = '00000000-0000-4000-8000-000000000000'
    expect(await loadDeskDetail(await db(), { id, now: new Date() })).toBeNull()
    expect(await loadDeskRows(await db(), { ids: [], now: new Date() })).toEqual([])
  })
})

describe('bank files', () => {
  it('counts what a file would pay and what stays behind, and lists the files', async () => {
    const account = {
      kind: 'bank-in',
      accountNumber: '004501234567',
      ifsc: 'HDFC0000045',
      holderName: 'Asha Rao',
    } as const
    const paid = await requestByMember(product, { account })
    const stopped = await requestByMember(product, { account })
    await approveAs(product.payload, first.id, [paid.id, stopped.id])
    await product.sql(
      `update users set review_reason = 'a check' where id = '${stopped.member.id}'`,
    )
    expect(await countPayable(await db(), new Date())).toEqual([
      { bankProfile: 'Generic CSV', currency: 'INR', count: 1, totalMinor: 60_000, stopped: 1 },
    ])
    expect(await listBatches(await db())).toEqual([])
    await product.sql(
      `insert into payout_batches (id, reference, bank_profile, profile, status, count, total_minor,
         currency, pay_date, file_name, created_by_id)
       values (gen_random_uuid(), 'B-1', 'Generic CSV', '{}', 'open', 1, 60000, 'INR', '2026-11-30',
         'x.csv', '${first.id}')`,
    )
    expect(await listBatches(await db())).toMatchObject([
      {
        reference: 'B-1',
        payDate: '2026-11-30',
        createdBy: 'Arvind Kulkarni',
        open: 0,
        sha256: null,
      },
    ])
  })
})

it('owners of a hold are the staff, by name', async () => {
  const names = (await listOwners(await db())).map(({ name }) => name)
  expect(names).toEqual(['Arvind Kulkarni', 'Meera Nair'])
})
