import { randomUUID } from 'node:crypto'

import type { PostgresAdapter } from '@payloadcms/db-postgres'
import { createLocalReq, type PayloadRequest } from 'payload'

import type { User } from '../../payload-types.ts'
import { insertWalletHistory } from '../../../test/support/insertWalletHistory.ts'
import { createUser } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { postTransfer } from '../postTransfer.ts'
import { rebuildByTwo, type RebuildRequest } from '../adjustments/rebuildByTwo.ts'
import { rebuildWallet } from './rebuildWallet.ts'
import { balanceAsOf, readWholeStatement } from '../statements/readStatement.ts'
import { advanceVerified, freezeWallets, takeSnapshot } from './markWallets.ts'
import { verifyWallets } from './verifyWallets.ts'
import { available, platform } from '../transfer.ts'

let product: Product
const staff: Record<string, User> = {}
beforeAll(async () => {
  product = await startProduct()
  for (const role of ['admin', 'finance', 'support', 'member'] as const) {
    staff[role] = await createUser(product.payload, { role })
  }
})
afterAll(() => product.close())

const pool = () => (product.payload.db as unknown as PostgresAdapter).drizzle
const run = async <Result>(work: (req: PayloadRequest) => Promise<Result>): Promise<Result> => {
  const req = await createLocalReq({}, product.payload)
  return inTransaction(req, () => work(req))
}
const createWallet = async () => {
  const { id: owner } = await createUser(product.payload)
  const moves = [70, -20, 50].map((deltaMinor, index) => ({
    at: `2025-10-0${index + 1}T00:00:00Z`,
    deltaMinor,
  }))
  return { owner, id: await insertWalletHistory(product, owner, moves) }
}
const store = (id: string, change: string) =>
  product.sql(`update wallets set ${change} where id = '${id}'`)
const stored = async (id: string) => {
  const [row] = await product.sql<Record<string, unknown>>(
    `select balance_minor, version, rebuilt_version, frozen_reason, verified_version,
      verified_balance_minor from wallets where id = '${id}'`,
  )
  return row
}
const credit = (owner: string, amountMinor: number) =>
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
const problems = async () => [
  ...(await verifyWallets(product.payload)).problems,
  ...(await verifyWallets(product.payload, { mode: 'incremental' })).problems,
]
const rebuild = (owner: string) => run((req) => rebuildWallet({ req, owner, currency: 'INR' }))
const whole = (owner: string, from: string, to: string) =>
  readWholeStatement(pool(), { owner, currency: 'INR', from: new Date(from), to: new Date(to) })

describe('a stored balance that was changed outside the ledger', () => {
  it('is found, frozen, rebuilt, and verifies clean', async () => {
    const { id, owner } = await createWallet()
    await store(id, 'balance_minor = 1000, version = 9')
    expect(await problems()).not.toEqual([])
    expect(await stored(id)).toMatchObject({ frozen_reason: expect.stringContaining('add up') })

    expect(await rebuild(owner)).toEqual({
      walletId: id,
      before: { balanceMinor: 1_000, version: 9, frozenReason: expect.any(String) },
      after: { balanceMinor: 100, version: 3, frozenReason: null },
    })
    expect(await problems()).toEqual([])
    await credit(owner, 5)
    expect(await problems()).toEqual([])
    expect(await stored(id)).toMatchObject({ balance_minor: '105', rebuilt_version: '0' })
  })

  it('verifies clean after a rebuild when it was posted to before the verification', async () => {
    const { id, owner } = await createWallet()
    await store(id, 'balance_minor = 1000, version = 9')
    await credit(owner, 5)
    expect(await problems()).not.toEqual([])

    const { after } = await rebuild(owner)
    expect(after).toEqual({ balanceMinor: 105, version: 10, frozenReason: null })
    expect(await problems()).toEqual([])
    await credit(owner, 7)
    expect(await problems()).toEqual([])
    expect(await stored(id)).toMatchObject({ balance_minor: '112', rebuilt_version: '10' })

    await store(id, 'balance_minor = 113')
    expect(await problems()).not.toEqual([])
    await rebuild(owner)
    expect(await problems()).toEqual([])
  })

  it.each(['before', 'after'])(
    'has statements that add up and follow each other %s it is rebuilt',
    async (when) => {
      const { id, owner } = await createWallet()
      await store(id, 'balance_minor = 1000')
      await credit(owner, 5)
      await verifyWallets(product.payload)
      if (when === 'after') {
        await rebuild(owner)
        await credit(owner, 7)
      }
      const expected = when === 'after' ? 112 : 105
      const [past, since] = [
        await whole(owner, '2025-01-01', '2025-10-03'),
        await whole(owner, '2025-10-03', '2100-01-01'),
      ]
      expect(past).toMatchObject({ openingMinor: 0, closingMinor: 50 })
      expect(since).toMatchObject({ openingMinor: 50, closingMinor: expected })
      expect(since.moves.at(-1)?.balanceMinor).toBe(expected)
      const at = new Date('2100-01-01')
      expect(await balanceAsOf(pool(), { owner, currency: 'INR', at })).toBe(expected)
      if (when === 'before') await rebuild(owner)
    },
  )

  it('does not lose what is posted while it is rebuilt', async () => {
    const { id, owner } = await createWallet()
    await store(id, 'balance_minor = 1000')
    await Promise.all([
      ...Array<number>(6)
        .fill(1)
        .map((amount) => credit(owner, amount)),
      rebuild(owner),
    ])
    await rebuild(owner)
    expect(await stored(id)).toMatchObject({ balance_minor: '106', version: '9' })
    expect(await problems()).toEqual([])
  })

  it('keeps a freeze with another reason', async () => {
    const { id, owner } = await createWallet()
    await store(id, `balance_minor = 5, frozen_at = now(), frozen_reason = 'chargebacks'`)
    expect((await rebuild(owner)).after).toMatchObject({ frozenReason: 'chargebacks' })
    expect(await problems()).toEqual([])
  })

  it('rebuilding a missing wallet is refused as not found', async () => {
    const { id } = await createUser(product.payload)
    await expect(rebuild(id)).rejects.toMatchObject({ code: 'request.not-found' })
  })
})

describe('a change after the snapshot of a verification', () => {
  it('does not move the verified point past the snapshot', async () => {
    const { id, owner } = await createWallet()
    const snapshot = await takeSnapshot(pool(), [])
    await credit(owner, 5)
    await advanceVerified(pool(), snapshot, new Date())
    expect(await stored(id)).toMatchObject({ verified_version: '3', verified_balance_minor: '100' })
  })

  it('does not freeze a wallet that was rebuilt after the snapshot', async () => {
    const { id, owner } = await createWallet()
    await store(id, 'balance_minor = 1000')
    const problem = { problem: 'balance-differs', subject: id, detail: '', wallets: [id] } as const
    const snapshot = await takeSnapshot(pool(), [{ ...problem, wallets: [id] }])
    await rebuild(owner)
    expect(
      await freezeWallets(pool(), [{ ...problem, wallets: [id] }], snapshot, new Date()),
    ).toEqual([])
    expect(await stored(id)).toMatchObject({ frozen_reason: null })
  })
})

describe('a rebuild that two persons agree on', () => {
  const requestRebuild = async (over: Partial<RebuildRequest> = {}) => {
    const { id } = await createWallet()
    await store(id, 'balance_minor = 1000')
    const request = {
      walletId: id,
      reason: 'changed by hand on 3 Nov',
      requestedBy: staff.finance?.id ?? '',
      approvedBy: staff.admin?.id ?? '',
      ...over,
    }
    return {
      id,
      rebuilt: run((req) => rebuildByTwo(req, request, new Date('2026-11-20T00:00:00Z'))),
    }
  }

  it('stores the requester, the approver, the time and the reason', async () => {
    const { rebuilt, id } = await requestRebuild()
    expect((await rebuilt).after.balanceMinor).toBe(100)
    const rows = await product.sql<Record<string, unknown>>(
      `select effect::text, status::text, amount_minor, reason, requested_by_id, decided_by_id
       from adjustments a join wallets w on w.owner_id = a.member_id where w.id = '${id}'`,
    )
    expect(rows).toEqual([
      {
        effect: 'rebuild',
        status: 'posted',
        amount_minor: '0',
        reason: 'changed by hand on 3 Nov',
        requested_by_id: staff.finance?.id,
        decided_by_id: staff.admin?.id,
      },
    ])
  })

  it.each([
    ['one person twice', 'adjustment.own', () => ({ approvedBy: staff.finance?.id ?? '' })],
    ['support', 'auth.forbidden', () => ({ approvedBy: staff.support?.id ?? '' })],
    ['a member', 'auth.forbidden', () => ({ requestedBy: staff.member?.id ?? '' })],
    ['no reason', 'request.malformed-value', () => ({ reason: '    .    ' })],
    ['an unknown wallet', 'request.not-found', () => ({ walletId: randomUUID() })],
    ['no id', 'request.not-found', () => ({ walletId: 'wallet' })],
  ])('is refused for %s, and changes nothing', async (_name, code, over) => {
    const { rebuilt, id } = await requestRebuild(over())
    await expect(rebuilt).rejects.toMatchObject({ code })
    expect(await stored(id)).toMatchObject({ balance_minor: '1000' })
  })
})
