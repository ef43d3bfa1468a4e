import { randomUUID } from 'node:crypto'

import { createLocalReq, type PayloadRequest } from 'payload'

import { insertWalletHistory } from '../../../test/support/insertWalletHistory.ts'
import { createPayment, createReferral, createUser } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { postTransfer } from '../postTransfer.ts'
import type { VerifyMode } from './rowsToVerify.ts'
import { type VerifyOptions, verifyWallets, type WalletReport } from './verifyWallets.ts'
import { available, platform } from '../transfer.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const NOW = new Date('2026-11-20T03:00:00Z')
const verify = (options: VerifyOptions = {}) =>
  verifyWallets(product.payload, { now: NOW, ...options })
const problemsOf = ({ problems }: WalletReport, subject: string) =>
  problems.filter((problem) => problem.subject === subject).map(({ problem }) => problem)

type Stored = {
  balance_minor: string
  frozen_at: string | null
  frozen_reason: string | null
  verified_balance_minor: string
  verified_version: string
  version: string
}
const walletOf = async (id: string): Promise<Stored> => {
  const [row] = await product.sql<Stored>(`select * from wallets where id = '${id}'`)
  if (!row) throw new Error('There is no such wallet.')
  return row
}
const run = async <Result>(work: (req: PayloadRequest) => Promise<Result>): Promise<Result> => {
  const req = await createLocalReq({}, product.payload)
  return inTransaction(req, () => work(req))
}
const credit = (owner: string, amountMinor = 100) =>
  run((req) =>
    postTransfer({
      req,
      key: randomUUID(),
      kind: 'commission',
      from: platform('commission-expense'),
      to: available(owner),
      amountMinor,
      currency: 'INR',
    }),
  )
/** A wallet with three transfers and a balance of 100. */
const createWallet = async () => {
  const { id: owner } = await createUser(product.payload)
  const moves = [70, -20, 50].map((deltaMinor, index) => ({
    at: `2025-10-0${index + 1}T00:00:00Z`,
    deltaMinor,
  }))
  return { owner, id: await insertWalletHistory(product, owner, moves) }
}
/** Inserts a transfer to the wallet without the ledger's function. */
const forge = async (id: string, over: Record<string, string> = {}) => {
  const values: Record<string, string> = {
    id: 'time_ordered_uuid()',
    key: `'${randomUUID()}'`,
    request_hash: `'none'`,
    kind: `'commission'`,
    from_wallet_id: `wallet_for(null, 'commission-expense', 'INR')`,
    to_wallet_id: `'${id}'`,
    amount_minor: '5',
    currency: `'INR'`,
    to_balance_after: '105',
    to_version: '4',
    occurred_at: 'now()',
    posted_at: 'now()',
    created_at: 'now()',
    updated_at: 'now()',
    ...over,
  }
  await product.sql(`insert into wallet_transactions (${Object.keys(values).join(', ')})
    select ${Object.values(values).join(', ')}`)
}
const store = (id: string, change: string) =>
  product.sql(`update wallets set ${change} where id = '${id}'`)
const match = (id: string) => store(id, 'balance_minor = 105, version = 4')

describe.each<VerifyMode>(['full', 'incremental'])('verifying, %s,', (mode) => {
  it('finds no problem in correct books and advances the verified points', async () => {
    const { id } = await createWallet()
    const report = await verify({ mode })
    expect(report).toMatchObject({ mode, frozen: [] })
    expect(problemsOf(report, id)).toEqual([])
    expect(await walletOf(id)).toMatchObject({
      verified_version: '3',
      verified_balance_minor: '100',
      frozen_at: null,
    })
  })

  it.each([
    [
      'balance-differs',
      'a balance changed by SQL',
      (id: string) => store(id, 'balance_minor = 101'),
    ],
    ['version-gap', 'a version changed by SQL', (id: string) => store(id, 'version = 7')],
    [
      'version-gap',
      'a gap in the versions',
      async (id: string) => {
        await forge(id, { to_version: '5' })
        await store(id, 'balance_minor = 105, version = 5')
      },
    ],
    [
      'books-unbalanced',
      'a wrong balance after a transfer',
      async (id: string) => {
        await forge(id, { to_balance_after: '106' })
        await match(id)
      },
    ],
  ])('reports %s, and freezes: %s', async (problem, _what, harm) => {
    const { id } = await createWallet()
    await verify({ mode })
    await harm(id)

    const report = await verify({ mode })
    expect(problemsOf(report, id)).toEqual([problem])
    expect(report.frozen).toEqual([id])
    const stored = await walletOf(id)
    expect(stored).toMatchObject({
      verified_version: '3',
      frozen_reason: `does not add up: ${problem}`,
    })
    expect(new Date(stored.frozen_at ?? '')).toEqual(NOW)
  })

  it('reports and freezes the wallets of a transfer between two currencies', async () => {
    const { id } = await createWallet()
    await forge(id, { currency: `'USD'` })
    await match(id)
    const report = await verify({ mode })
    const [problem] = report.problems.filter(({ wallets }) => wallets.includes(id))
    expect(problem).toMatchObject({
      problem: 'currency-differs',
      detail: 'USD from a wallet of INR to one of INR',
    })
    expect(report.frozen).toEqual([id])
  })

  it('reports a frozen wallet again and keeps its reason and time', async () => {
    const { id } = await createWallet()
    await store(id, `balance_minor = 1, frozen_at = '2026-01-01', frozen_reason = 'by Arvind'`)
    const report = await verify({ mode })
    expect(problemsOf(report, id)).toEqual(['balance-differs'])
    expect(report.frozen).toEqual([])
    expect(await walletOf(id)).toMatchObject({ frozen_reason: 'by Arvind' })
  })

  it('changes nothing without freezing', async () => {
    const [{ id }, sound] = [await createWallet(), await createWallet()]
    await store(id, 'balance_minor = 1')
    const report = await verify({ mode, freeze: false })
    expect(problemsOf(report, id)).toEqual(['balance-differs'])
    expect(report).toMatchObject({ frozen: [], verified: 0 })
    expect(await walletOf(id)).toMatchObject({ frozen_at: null })
    expect(await walletOf(sound.id)).toMatchObject({ verified_version: '0' })
  })

  it('does not wait for a posting under way: that wallet keeps its verified point', async () => {
    const { id, owner } = await createWallet()
    await run(async (req) => {
      await postTransfer({
        req,
        key: randomUUID(),
        kind: 'clawback',
        from: available(owner),
        to: platform('commission-expense'),
        amountMinor: 1,
        currency: 'INR',
      })
      expect(problemsOf(await verify({ mode }), id)).toEqual([])
      expect(await walletOf(id)).toMatchObject({ verified_version: '0' })
    })
    await verify({ mode })
    expect(await walletOf(id)).toMatchObject({
      verified_version: '4',
      verified_balance_minor: '99',
    })
  })
})

it('an incremental verification finds only new problems, a full one finds old ones', async () => {
  const { id, owner } = await createWallet()
  const { transfers } = await verify()
  const before = await verify({ mode: 'incremental' })
  expect(before.transfers).toBeLessThan(transfers)
  await credit(owner)
  const after = await verify({ mode: 'incremental' })
  expect(after).toMatchObject({ transfers: before.transfers + 1, verified: 1 })

  await store(id, 'balance_minor = 1, verified_balance_minor = 1')
  expect(problemsOf(await verify({ mode: 'incremental' }), id)).toEqual([])
  expect(problemsOf(await verify(), id)).toEqual(['balance-differs'])
})

it('a transfer dated before the previous one is found', async () => {
  const { id } = await createWallet()
  await forge(id, { posted_at: `'2025-10-02T00:00:00Z'` })
  await match(id)
  expect(problemsOf(await verify(), id)).toEqual(['posted-backwards'])
})

it('a transfer without a version of its wallet is found', async () => {
  const { id } = await createWallet()
  await forge(id, { to_version: 'null', to_balance_after: 'null' })
  const report = await verify()
  expect(report.problems.filter(({ wallets }) => wallets.includes(id))).toMatchObject([
    { problem: 'version-missing' },
  ])
})

describe('the comparison with transfers:', () => {
  const paid = async (amountMinor = 10_000) => {
    const { buyer } = await createReferral(product.payload)
    const { id: payment } = await createPayment(product.payload, {
      user: buyer.id,
      amountMinor,
      status: 'completed',
    })
    const [row] = await product.sql<{ id: string }>(
      `select id from commissions where payment_id = '${payment}'`,
    )
    return { payment, commission: row?.id ?? '' }
  }
  const refund = (payment: string, amountMinor: number) =>
    product.payload.create({
      collection: 'refunds',
      data: { payment, amountMinor, reference: randomUUID() },
      depth: 0,
    })
  const commission = (id: string, change: string) =>
    product.sql(`update commissions set ${change} where id = '${id}'`)
  const found = async (...subjects: string[]) => {
    const reports = [
      await verify({ freeze: false }),
      await verify({ mode: 'incremental', freeze: false }),
    ]
    const [full, incremental] = reports.map((report) =>
      subjects.flatMap((subject) => problemsOf(report, subject)).sort(),
    )
    expect(incremental).toEqual(full)
    return full
  }

  it('commissions, refunds and payments of every status have no problem', async () => {
    await verify()
    const { payload } = product
    const rows = [await paid(), await paid(), await paid(3_333)]
    await refund(rows[1]?.payment ?? '', 3_333)
    for (const part of [1_111, 1_111, 1_111]) await refund(rows[2]?.payment ?? '', part)
    await payload.updateGlobal({ slug: 'affiliation-config', data: { holdDays: 5 } })
    const held = [await paid(), await paid()]
    await refund(held[1]?.payment ?? '', 10_000)
    await payload.updateGlobal({ slug: 'affiliation-config', data: { holdDays: 0 } })
    const { id: stranger } = await createUser(payload)
    const skipped = await createPayment(payload, { user: stranger, status: 'completed' })
    await refund(skipped.id, 4_000)

    const ids = [...rows, ...held].flatMap((row) => [row.payment, row.commission])
    const states = await product.sql<{ status: string }>(
      `select distinct status::text from commissions where id in ('${ids.join("', '")}')`,
    )
    expect(states.map(({ status }) => status).sort()).toEqual(
      ['awarded', 'cancelled', 'held', 'partly-reversed', 'reversed'].sort(),
    )
    expect(await found(...ids, skipped.id)).toEqual([])
  })

  it('a completed payment without a decision is found', async () => {
    const { id: user } = await createUser(product.payload)
    const { id } = await createPayment(product.payload, { user })
    await product.sql(`update payments set status = 'completed' where id = '${id}'`)
    expect(await found(id)).toEqual(['payment-without-decision'])
  })

  it.each([
    ['an amount that was not posted', 'amount_minor = 999'],
    ['money though it was cancelled', `status = 'cancelled'`],
    ['money though it is held', `status = 'held'`],
  ])('a commission with %s is found', async (_what, change) => {
    const { commission: id } = await paid()
    await commission(id, change)
    expect(await found(id)).toEqual(['commission-differs'])
  })

  it('a reversal that is not the share of the refunds is found, though its transfers agree', async () => {
    const { commission: id, payment } = await paid()
    await refund(payment, 5_000)
    await commission(id, 'amount_minor = 1001, reversed_minor = 501')
    expect(await found(id)).toEqual([])
    await commission(id, 'amount_minor = 1002, reversed_minor = 502')
    expect(await found(id)).toEqual(['reversal-differs'])
  })

  it('refunds that do not add up to the refunded amount of the payment are found', async () => {
    const { payment } = await paid(9)
    await product.sql(`update payments set refunded_minor = 1 where id = '${payment}'`)
    expect(await found(payment)).toContain('refunds-differ')
  })

  it('a refund with two clawbacks, or with a wrong share, is found', async () => {
    const { commission: id, payment } = await paid()
    const { id: refundId } = await refund(payment, 5_000)
    const [wallet] = await product.sql<{ id: string }>(
      `select to_wallet_id as id from wallet_transactions where commission_id = '${id}' and kind = 'commission'`,
    )
    await forge(wallet?.id ?? '', {
      kind: `'clawback'`,
      from_wallet_id: `'${wallet?.id}'`,
      to_wallet_id: `wallet_for(null, 'commission-expense', 'INR')`,
      from_version: '3',
      from_balance_after: '495',
      to_version: 'null',
      to_balance_after: 'null',
      commission_id: `'${id}'`,
      refund_id: `'${refundId}'`,
    })
    expect(await found(refundId, id)).toEqual(['clawback-differs', 'commission-differs'])
  })

  it('a payment with two decisions is found when the unique index is missing', async () => {
    const { payment } = await paid()
    await product.sql('drop index commissions_payment_idx')
    await product.sql(`insert into commissions (id, payment_id, payer_id, status, reason, rate_bps,
        base_minor, amount_minor, currency, rule, checks, decided_at, created_at, updated_at)
      select time_ordered_uuid(), payment_id, payer_id, 'skipped', 'no-referrer', rate_bps,
        base_minor, 0, currency, rule, checks, decided_at, created_at, updated_at
      from commissions where payment_id = '${payment}'`)
    expect(await found(payment)).toEqual(['payment-decided-twice'])
  })
})
