import { createLocalReq, type PayloadRequest } from 'payload'

import { type Approved, approveWithdrawals } from '../../../test/support/approveWithdrawals.ts'
import { createUser, signIn } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { dbIn } from '../../database/dbIn.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { applyReports } from '../attempts/applyReports.ts'
import { startAttempts } from '../attempts/claimAttempts.ts'
import { resolveAttempt } from '../batches/resolveAttempt.ts'
import type { PayoutReport } from '../drivers/types.ts'
import { lockWithdrawals } from '../withdrawals/withdrawalStore.ts'
import type { PayoutReconciliation } from './reconcilePayouts.ts'

let product: Product
let asSupport: string
let finance: string

beforeAll(async () => {
  product = await startProduct()
  const { payload } = product
  asSupport = await signIn(payload, await createUser(payload, { role: 'support' }))
  finance = (await createUser(payload, { role: 'finance' })).id
  await product.sql(`update users set created_at = now() - interval '60 days'`)
})
afterAll(() => product.close())

const run = async <Result>(work: (req: PayloadRequest) => Promise<Result>): Promise<Result> => {
  const req = await createLocalReq({}, product.payload)
  return inTransaction(req, () => work(req))
}
const now = () => new Date()
const start = async ({ id }: Approved): Promise<string> => {
  const [key = ''] = await run(async (req) => {
    const withdrawals = await lockWithdrawals(await dbIn(req), [id])
    return startAttempts(req, {
      withdrawals,
      batch: null,
      lease: null,
      status: 'sent',
      now: now(),
    })
  })
  return key
}
const report = async (key: string, status: PayoutReport['status']) => {
  const said = {
    status,
    providerId: null,
    bankReference: null,
    code: null,
    detail: null,
    remedy: null,
    feeMinor: null,
  }
  await run((req) => applyReports(req, { reports: [{ name: { key }, report: said }], now: now() }))
}
const reconcile = (query = '') =>
  product.rest<PayoutReconciliation>('GET', `/api/payout-batches/reconciliation${query}`, {
    authorization: asSupport,
  })

it('what was sent adds up by what became of it, and what does not is listed by attempt', async () => {
  const approved = await approveWithdrawals(
    product,
    [1_000, 2_000, 4_000, 8_000, 16_000, 32_000].map((netMinor) => ({ netMinor, feeMinor: 0 })),
    { driver: 'simulated' },
  )
  const keys: string[] = []
  for (const withdrawal of approved) keys.push(await start(withdrawal))
  const [, doubted = '', settled = '', failed = '', returned = '', late = ''] = keys
  await report(doubted, 'not-found')
  await report(settled, 'settled')
  await report(failed, 'failed')
  await report(returned, 'settled')
  await report(returned, 'returned')
  await report(late, 'failed')
  await report(late, 'settled')
  await run((req) =>
    resolveAttempt(req, { key: late, found: 'paid', by: finance, reason: 'seen', now: now() }),
  )

  const { body } = await reconcile()
  const expected = {
    driver: 'simulated',
    batch: '',
    currency: 'INR',
    attempts: 6,
    sentMinor: 63_000,
    openMinor: 1_000,
    inDoubtMinor: 2_000,
    settledMinor: 4_000,
    failedMinor: 40_000,
    returnedMinor: 16_000,
    latePaidMinor: 32_000,
    ledgerMinor: 39_000,
    differenceMinor: 0,
  }
  expect(body.rows).toMatchObject([expected])
  expect(body.unexplained).toEqual([])
  expect((await reconcile('?currency=EUR')).body.rows).toEqual([])

  await product.sql(`begin; set local session_replication_role = replica;
    update payout_attempts set status = 'failed' where key = '${settled}';
    update wallet_transactions set key = 'payout:gone' where key = 'payout:${doubted}'; commit`)
  const after = await reconcile()
  expect(after.body.rows).toMatchObject([{ ledgerMinor: 37_000, differenceMinor: 2_000 }])
  expect(after.body.unexplained).toEqual([
    expect.objectContaining({ attempt: settled, expectedMinor: 0, ledgerMinor: 4_000 }),
    expect.objectContaining({ attempt: doubted, expectedMinor: 2_000, ledgerMinor: 0 }),
    expect.objectContaining({ attempt: null, transfer: 'payout:gone', differenceMinor: 2_000 }),
  ])
})

it('is a CSV file for staff, with decimals, and refused to members', async () => {
  const response = await product.raw('GET', '/api/payout-batches/reconciliation?format=csv', {
    authorization: asSupport,
  })
  expect(response.headers.get('content-type')).toContain('text/csv')
  const [header, row] = (await response.text()).split('\r\n')
  expect(header).toContain('Day,Driver,Batch,Currency,Attempts,Sent')
  expect(row).toContain('simulated,,INR,6,630.00,10.00')
  const member = await signIn(product.payload, await createUser(product.payload))
  const refused = await product.rest('GET', '/api/payout-batches/reconciliation', {
    authorization: member,
  })
  expect(refused.status).toBe(403)
  expect((await reconcile('?from=2026-02-30')).status).toBe(400)
})
