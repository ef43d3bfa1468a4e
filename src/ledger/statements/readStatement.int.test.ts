import type { PostgresAdapter } from '@payloadcms/db-postgres'
import { sql } from '@payloadcms/db-postgres'
import fc from 'fast-check'
import { commitTransaction, createLocalReq, initTransaction, type PayloadRequest } from 'payload'

import { insertWalletHistory } from '../../../test/support/insertWalletHistory.ts'
import { createUser } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { untilWaiting } from '../../../test/support/untilWaiting.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { balanceAsOf, ledgerNow, readStatement, readWholeStatement } from './readStatement.ts'
import { postTransfer } from '../postTransfer.ts'
import type { Database } from '../../database/dbIn.ts'
import { available, platform, type Transfer } from '../transfer.ts'

let product: Product
let db: Database & PostgresAdapter['drizzle']
beforeAll(async () => {
  product = await startProduct()
  db = (product.payload.db as unknown as PostgresAdapter).drizzle
})
afterAll(() => product.close())

const transfer = (owner: string, deltaMinor: number, key: string): Transfer => ({
  key: `${owner}:${key}`,
  kind: deltaMinor > 0 ? 'commission' : 'clawback',
  from: deltaMinor > 0 ? platform('commission-expense') : available(owner),
  to: deltaMinor > 0 ? available(owner) : platform('commission-expense'),
  amountMinor: Math.abs(deltaMinor),
  currency: 'INR',
})
const post = async (owner: string, deltas: number[], key = 'move') => {
  const req = await createLocalReq({}, product.payload)
  for (const [index, delta] of deltas.entries()) {
    await inTransaction(req, () =>
      postTransfer({ req, ...transfer(owner, delta, `${key}:${index}`) }),
    )
  }
}
const EVER = { from: new Date(0), to: new Date('2100-01-01') }
const whole = (owner: string, period = EVER) =>
  readWholeStatement(db, { owner, currency: 'INR', ...period })
const newMember = async () => (await createUser(product.payload)).id

const deltas = (max = 10) =>
  fc.array(
    fc.integer({ min: -5_000, max: 5_000 }).filter((delta) => delta !== 0),
    { minLength: 1, maxLength: max },
  )

describe('for any postings and any period', () => {
  it('adds up, agrees with the balance as of its end, and never changes afterwards', async () => {
    await fc.assert(
      fc.asyncProperty(
        deltas(),
        deltas(4),
        fc.infiniteStream(fc.nat()),
        async (first, later, pick) => {
          const owner = await newMember()
          await post(owner, first)
          const { moves } = await whole(owner)
          expect(moves.map(({ inMinor, outMinor }) => inMinor - outMinor)).toEqual(first)
          expect(moves.map(({ version }) => version)).toEqual(first.map((_, index) => index + 1))

          const instants = moves.flatMap(({ postedAt }) =>
            [-1, 0, 1].map((ms) => new Date(postedAt.getTime() + ms)),
          )
          const pickInstant = () =>
            instants[(pick.next().value ?? 0) % instants.length] ?? new Date(0)
          const periods = Array.from({ length: 6 }, () => {
            const [from = EVER.from, to = EVER.to] = [pickInstant(), pickInstant()].sort(
              (a, b) => a.getTime() - b.getTime(),
            )
            return { from, to }
          })
          const statements = await Promise.all(periods.map((period) => whole(owner, period)))
          for (const statement of statements) {
            const { closingMinor, from, inMinor, openingMinor, outMinor, to } = statement
            const posted = (after: number, before: number) =>
              moves.filter(({ postedAt: at }) => at.getTime() >= after && at.getTime() < before)
            const sum = (list: typeof moves) =>
              list.reduce((total, move) => total + move.inMinor - move.outMinor, 0)
            expect(statement.moves).toEqual(posted(from.getTime(), to.getTime()))
            expect(openingMinor).toBe(sum(posted(0, from.getTime())))
            expect(openingMinor + inMinor - outMinor).toBe(closingMinor)
            expect(sum(statement.moves)).toBe(inMinor - outMinor)
            expect(statement.moves.at(-1)?.balanceMinor ?? openingMinor).toBe(closingMinor)
            expect(await balanceAsOf(db, { owner, currency: 'INR', at: to })).toBe(closingMinor)
          }

          const end = await ledgerNow(db)
          const closed = await whole(owner, { from: EVER.from, to: end })
          await post(owner, later, 'later')
          const again = await Promise.all(periods.map((period) => whole(owner, period)))
          const pastOnly = statements.map(({ to }) => to <= end)
          expect(again.filter((_, index) => pastOnly[index])).toEqual(
            statements.filter((_, index) => pastOnly[index]),
          )
          expect(await whole(owner, { from: EVER.from, to: end })).toEqual(closed)
          expect((await whole(owner)).closingMinor).toBe(
            [...first, ...later].reduce((total, delta) => total + delta, 0),
          )
        },
      ),
      { numRuns: 12 },
    )
  })
})

describe('a statement', () => {
  it('begins with its first instant and ends before its last', async () => {
    const owner = await newMember()
    const at = (second: number) => new Date(`2025-10-01T00:00:0${second}Z`)
    const moves = [1, 2, 2, 3].map((second, index) => ({
      at: at(second).toISOString(),
      deltaMinor: 10 ** index,
    }))
    await insertWalletHistory(product, owner, moves)
    const sums = async (from: Date, to: Date) => {
      const { closingMinor, inMinor, openingMinor } = await whole(owner, { from, to })
      return [openingMinor, inMinor, closingMinor]
    }
    expect(await sums(at(2), at(3))).toEqual([1, 110, 111])
    expect(await sums(at(1), at(2))).toEqual([0, 1, 1])
    expect(await sums(at(2), at(2))).toEqual([1, 0, 1])
    expect(await sums(at(3), at(4))).toEqual([111, 1_000, 1_111])
    expect(await sums(at(0), at(1))).toEqual([0, 0, 0])
  })

  it('of a wallet without postings is all zeros', async () => {
    const statement = await whole(await newMember())
    expect(statement).toMatchObject({ openingMinor: 0, closingMinor: 0, inMinor: 0, outMinor: 0 })
    expect(statement.moves).toEqual([])
  })

  it('keeps currencies and kinds of wallets apart', async () => {
    const owner = await newMember()
    const at = '2025-10-01T00:00:00Z'
    await insertWalletHistory(product, owner, [{ at, deltaMinor: 5 }])
    await insertWalletHistory(product, owner, [{ at, deltaMinor: 7 }], { currency: 'USD' })
    await insertWalletHistory(product, owner, [{ at, deltaMinor: 9 }], { kind: 'held' })
    const closing = async (currency: string, kind: 'available' | 'held') =>
      (await readStatement(db, { owner, currency, kind, ...EVER })).closingMinor
    expect(await closing('INR', 'available')).toBe(5)
    expect(await closing('USD', 'available')).toBe(7)
    expect(await closing('INR', 'held')).toBe(9)
    expect(await closing('EUR', 'held')).toBe(0)
  })

  it('is read in pages without gaps or repeats, each with the sums of all moves', async () => {
    const owner = await newMember()
    const moves = Array.from({ length: 23 }, (_, index) => ({
      at: `2025-10-01T00:00:${String(Math.floor(index / 3)).padStart(2, '0')}Z`,
      deltaMinor: index % 3 === 0 ? -5 : 11,
    }))
    await insertWalletHistory(product, owner, moves)
    const all = await whole(owner)
    const listed = []
    for (let after: number | undefined = 0; after !== undefined;) {
      const query = { owner, currency: 'INR', ...EVER, limit: 5, after }
      const page: Awaited<ReturnType<typeof readStatement>> = await readStatement(db, query)
      expect(page).toMatchObject({ inMinor: all.inMinor, closingMinor: all.closingMinor })
      listed.push(...page.moves)
      after = page.nextAfter
    }
    expect(listed).toEqual(all.moves)
    expect(listed).toHaveLength(23)
  })

  it('shows one kind of transfer, with the balances and sums of all', async () => {
    const owner = await newMember()
    const at = '2025-10-01T00:00:00Z'
    await insertWalletHistory(product, owner, [
      { at, deltaMinor: 100 },
      { at, deltaMinor: -30 },
      { at, deltaMinor: 100 },
      { at, deltaMinor: -30 },
    ])
    const query = { owner, currency: 'INR', ...EVER, transferKind: 'clawback' }
    const statement = await readStatement(db, query)
    expect(statement).toMatchObject({ inMinor: 200, outMinor: 60, closingMinor: 140 })
    expect(statement.moves.map(({ balanceMinor, version }) => [version, balanceMinor])).toEqual([
      [2, 70],
      [4, 140],
    ])
  })

  it('lists the other wallet, the reason and the links of each move', async () => {
    const owner = await newMember()
    await insertWalletHistory(product, owner, [
      { at: '2025-10-01T00:00:00Z', deltaMinor: 5, kind: 'adjustment', reason: 'goodwill' },
    ])
    const [move] = (await whole(owner)).moves
    expect(move).toEqual({
      version: 1,
      id: expect.any(String),
      postedAt: new Date('2025-10-01T00:00:00Z'),
      kind: 'adjustment',
      other: { kind: 'commission-expense', owner: null },
      inMinor: 5,
      outMinor: 0,
      balanceMinor: 5,
      reason: 'goodwill',
      links: {},
    })
  })

  it.each([
    ['limit', { limit: 0 }],
    ['limit', { limit: 501 }],
    ['limit', { limit: 1.5 }],
    ['after', { after: -1 }],
    ['from', { from: new Date(1), to: new Date(0) }],
  ])('refuses a wrong %s: %j', async (field, over) => {
    const query = { owner: await newMember(), currency: 'INR', ...EVER, ...over }
    await expect(readStatement(db, query)).rejects.toMatchObject({
      code: 'request.malformed-value',
      details: { field },
    })
  })
})

describe('a posting that is under way', () => {
  const begin = async (): Promise<PayloadRequest> => {
    const req = await createLocalReq({}, product.payload)
    await initTransaction(req)
    return req
  }

  it.each([
    ['to a wallet', 100],
    ['to a wallet that does not exist yet', 0],
  ])('%s delays a statement of its period until it is committed', async (_name, had) => {
    const owner = await newMember()
    if (had > 0) await post(owner, [had])
    const req = await begin()
    await postTransfer({ req, ...transfer(owner, 11, 'slow') })
    const to = await ledgerNow(db)

    const [read] = await Promise.all([
      whole(owner, { from: EVER.from, to }),
      untilWaiting(product).then(() => commitTransaction(req)),
    ])
    expect(read.closingMinor).toBe(had + 11)
    expect(await whole(owner, { from: EVER.from, to })).toEqual(read)
  })
})

describe('a long history', () => {
  it('is read by index: the rows fetched depend on the moves shown', async () => {
    const owner = await newMember()
    const moves = Array.from({ length: 20_000 }, (_, index) => ({
      at: new Date(Date.UTC(2025, 0, 1) + index * 60_000).toISOString(),
      deltaMinor: index % 10 === 9 ? -3 : 7,
    }))
    await insertWalletHistory(product, owner, moves)
    await product.sql('analyze wallet_transactions')
    const from = new Date(Date.UTC(2025, 0, 8))
    const to = new Date(from.getTime() + 50 * 60_000)

    await db.transaction(async (transaction) => {
      const { moves: shown } = await readStatement(transaction, {
        owner,
        currency: 'INR',
        from,
        to,
      })
      expect(shown).toHaveLength(50)
      const { rows } = await transaction.execute<Record<'fetched' | 'scans', number>>(sql`
        select seq_scan::int as scans, idx_tup_fetch::int as fetched
        from pg_stat_xact_user_tables where relname = 'wallet_transactions'`)
      expect(rows[0]?.scans).toBe(0)
      expect(rows[0]?.fetched).toBeLessThan(500)
    })
  })
})
