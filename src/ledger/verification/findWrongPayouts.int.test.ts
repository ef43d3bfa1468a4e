import { randomUUID } from 'node:crypto'

import { createLocalReq, type PayloadRequest } from 'payload'

import { type Approved, approveWithdrawals } from '../../../test/support/approveWithdrawals.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { applyReports } from '../../payouts/attempts/applyReports.ts'
import { startAttempts } from '../../payouts/attempts/claimAttempts.ts'
import { dbIn } from '../../database/dbIn.ts'
import { lockWithdrawals } from '../../payouts/withdrawals/withdrawalStore.ts'
import type { WalletProblem } from './markWallets.ts'
import type { VerifyMode } from './rowsToVerify.ts'
import { verifyWallets } from './verifyWallets.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const NOW = new Date('2026-11-20T03:00:00Z')
const run = async <Result>(work: (req: PayloadRequest) => Promise<Result>): Promise<Result> => {
  const req = await createLocalReq({}, product.payload)
  return inTransaction(req, () => work(req))
}

type Paid = Approved & { attempt: string; key: string }

/** An approved withdrawal that was sent, and then reported with these statuses. */
const sendWithdrawal = async (...reports: ('failed' | 'returned' | 'settled')[]): Promise<Paid> => {
  const [approved] = await approveWithdrawals(product, [{}])
  if (!approved) throw new Error('Nothing was approved.')
  const [key = ''] = await run(async (req) => {
    const withdrawals = await lockWithdrawals(await dbIn(req), [approved.id])
    return startAttempts(req, { withdrawals, batch: null, lease: null, status: 'sent', now: NOW })
  })
  for (const status of reports) {
    const report = {
      status,
      providerId: null,
      bankReference: null,
      code: null,
      detail: null,
      remedy: null,
      feeMinor: null,
    }
    await run((req) => applyReports(req, { reports: [{ name: { key }, report }], now: NOW }))
  }
  const [row] = await product.sql<{ id: string }>(
    `select id::text from payout_attempts where key = '${key}'`,
  )
  return { ...approved, key, attempt: row?.id ?? '' }
}

/** Changes a row past its triggers. */
const harm = (statement: string) =>
  product.sql(`begin; set local session_replication_role = replica; ${statement}; commit`)
/** Adds a transfer past the ledger, as if the wallets had it. */
const addTransfer = ({ id }: Approved, key: string, like: string) =>
  harm(`insert into wallet_transactions (id, key, request_hash, kind, from_wallet_id, to_wallet_id,
      amount_minor, currency, withdrawal_id, occurred_at, posted_at, created_at, updated_at)
    select time_ordered_uuid(), '${key}', 'none', kind, from_wallet_id, to_wallet_id,
      amount_minor, currency, '${id}', now(), now(), now(), now()
    from wallet_transactions where key = '${like}'`)
const removeTransfer = (key: string) => harm(`delete from wallet_transactions where key = '${key}'`)

const isOfPayouts = ({ problem }: WalletProblem): boolean =>
  ['attempt-differs', 'held-differs', 'payout-without-attempt', 'withdrawal-differs'].includes(
    problem,
  )
const verify = async (mode: VerifyMode) =>
  (await verifyWallets(product.payload, { mode, now: NOW, freeze: false })).problems.filter(
    isOfPayouts,
  )
/** The problems of one withdrawal, its attempt and its member's held balance. */
const problemsOf = async ({ attempt, id, member }: Paid, mode: VerifyMode) => {
  const [wallet] = await product.sql<{ id: string }>(
    `select id::text from wallets where owner_id = '${member}' and kind = 'held'`,
  )
  const own = [id, attempt, wallet?.id, member]
  return (await verify(mode)).filter(({ subject }) => own.includes(subject))
}

it('finds no problem in withdrawals that are approved, sent, settled, failed or returned', async () => {
  await approveWithdrawals(product, [{}, { feeMinor: 0 }])
  await sendWithdrawal()
  await sendWithdrawal('settled')
  await sendWithdrawal('failed')
  await sendWithdrawal('settled', 'returned')
  expect(await verify('full')).toEqual([])
  expect(await verify('incremental')).toEqual([])
})

const setStatus = (table: 'payout_attempts' | 'withdrawals', id: string, status: string) =>
  harm(
    `update ${table} set status = '${status}' ${table === 'withdrawals' ? `, reason = 'x'` : ''}
      where id = '${id}'`,
  )

type Case = [
  title: string,
  problems: WalletProblem['problem'][],
  start: () => Promise<Paid>,
  change: (paid: Paid) => Promise<unknown>,
]
const CASES: Case[] = [
  [
    'settled although its attempt is open',
    ['withdrawal-differs'],
    () => sendWithdrawal(),
    ({ id }) => setStatus('withdrawals', id, 'settled'),
  ],
  [
    'approved although its money has left',
    ['held-differs', 'withdrawal-differs'],
    () => sendWithdrawal(),
    ({ id }) => setStatus('withdrawals', id, 'approved'),
  ],
  [
    'cancelled although its attempt was paid',
    ['withdrawal-differs'],
    () => sendWithdrawal('settled'),
    ({ id }) => setStatus('withdrawals', id, 'cancelled'),
  ],
  [
    'sent although its attempt has failed',
    ['withdrawal-differs'],
    () => sendWithdrawal('failed'),
    ({ id }) => setStatus('withdrawals', id, 'sent'),
  ],
  [
    'without its attempt',
    ['withdrawal-differs'],
    () => sendWithdrawal('settled'),
    ({ attempt }) => harm(`delete from payout_attempts where id = '${attempt}'`),
  ],
  [
    'with an attempt that settled after its money went back',
    ['attempt-differs'],
    () => sendWithdrawal('failed'),
    ({ attempt }) => setStatus('payout_attempts', attempt, 'settled'),
  ],
  [
    'with a failed attempt whose fee did not come back',
    ['attempt-differs', 'withdrawal-differs'],
    () => sendWithdrawal('failed'),
    ({ key }) => removeTransfer(`payout:${key}:fee:return`),
  ],
  [
    'with an attempt of another amount',
    ['attempt-differs'],
    () => sendWithdrawal(),
    ({ attempt }) => harm(`update payout_attempts set amount_minor = 1 where id = '${attempt}'`),
  ],
  [
    'with an attempt that is paid late without its debit',
    ['attempt-differs'],
    () => sendWithdrawal('failed'),
    ({ attempt }) =>
      harm(`update payout_attempts set late_status = 'paid' where id = '${attempt}'`),
  ],
  [
    'with a late debit that no person answered',
    ['attempt-differs', 'withdrawal-differs'],
    () => sendWithdrawal('failed'),
    (paid) => addTransfer(paid, `payout:${paid.key}:late`, `payout:${paid.key}`),
  ],
  [
    'rejected although its money was not released',
    ['withdrawal-differs'],
    () => sendWithdrawal('failed'),
    ({ id }) => removeTransfer(`withdrawal:${id}:release`),
  ],
]

describe.each<VerifyMode>(['full', 'incremental'])('verifying withdrawals, %s,', (mode) => {
  // Else there is no verification from which an incremental one starts.
  beforeAll(() => verifyWallets(product.payload, { now: NOW }))

  it.each(CASES)('finds one that is %s', async (_title, problems, start, change) => {
    const paid = await start()
    expect(await problemsOf(paid, mode)).toEqual([])
    await change(paid)
    const found = await problemsOf(paid, mode)
    expect([...new Set(found.map(({ problem }) => problem))].sort()).toEqual(problems)
  })

  it('finds a held balance that no withdrawal explains', async () => {
    const paid = await sendWithdrawal()
    await harm(`update wallets set balance_minor = 5 where owner_id = '${paid.member}'
      and kind = 'held'`)
    await product.sql(`update withdrawals set updated_at = now() where id = '${paid.id}'`)
    expect(await problemsOf(paid, mode)).toMatchObject([
      { problem: 'held-differs', detail: 'held 5 INR for withdrawals of 0' },
    ])
  })
})

it('finds a transfer of a payout that names no attempt', async () => {
  const paid = await sendWithdrawal()
  const key = `payout:${randomUUID()}`
  await addTransfer(paid, key, `payout:${paid.key}`)
  const [row] = await product.sql<{ id: string }>(
    `select id::text from wallet_transactions where key = '${key}'`,
  )
  expect(await verify('full')).toContainEqual(
    expect.objectContaining({ problem: 'payout-without-attempt', subject: row?.id }),
  )
})
