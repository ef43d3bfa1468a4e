import { handleEndpoints } from 'payload'

import type { Statement } from '../../src/ledger/statements/readStatement.ts'
import type { User } from '../../src/payload-types.ts'
import { insertWalletHistory } from '../../test/support/insertWalletHistory.ts'
import { createMachine, createUser, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

type Answer = Statement & { balanceMinor?: number; errors?: { code: string; field?: string }[] }

let product: Product
let member: User
const tokens: Record<string, string> = {}

beforeAll(async () => {
  product = await startProduct()
  const { payload } = product
  member = await createUser(payload, { timeZone: 'America/New_York' })
  tokens.own = await signIn(payload, member)
  for (const role of ['admin', 'finance', 'support', 'member'] as const) {
    tokens[role] = await signIn(payload, await createUser(payload, { role }))
  }
  await insertWalletHistory(product, member.id, [
    { at: '2025-10-01T03:59:59.999Z', deltaMinor: 100 }, // 30 September in New York
    { at: '2025-10-01T04:00:00.000Z', deltaMinor: 2_000 },
    { at: '2025-10-31T12:00:00.000Z', deltaMinor: -205, kind: 'adjustment', reason: '=1+1' },
    { at: '2025-11-01T03:59:59.999Z', deltaMinor: 30 }, // still October
    { at: '2025-11-01T04:00:00.000Z', deltaMinor: 4 },
  ])
})
afterAll(() => product.close())

const request = (path: string, query: Record<string, string> = {}, who = 'own') =>
  product.rest<Answer>('GET', `/api/billing/wallet/${path}?${new URLSearchParams(query)}`, {
    authorization: tokens[who],
  })
const statement = (query: Record<string, string> = {}, who?: string) =>
  request('statement', query, who)
const OCTOBER = { from: '2025-10-01', to: '2025-10-31' }

const csvOf = async (
  query: Record<string, string>,
  authorization = tokens.own ?? '',
): Promise<{ head: Headers; text: string }> => {
  const { default: config } = await import('../../payload.config.ts')
  const search = new URLSearchParams({ format: 'csv', ...query })
  const response = await handleEndpoints({
    config,
    request: new Request(`http://localhost:3000/api/billing/wallet/statement?${search}`, {
      headers: { Authorization: authorization },
    }),
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  return { head: response.headers, text: bytes.toString('utf8') }
}

describe('GET /api/billing/wallet/statement', () => {
  it("returns opening, credits, debits and closing in days of the member's time zone", async () => {
    const { body, status } = await statement(OCTOBER)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      wallet: { currency: 'INR', kind: 'available' },
      from: '2025-10-01T04:00:00.000Z',
      to: '2025-11-01T04:00:00.000Z',
      openingMinor: 100,
      inMinor: 2_030,
      outMinor: 205,
      closingMinor: 1_925,
    })
    expect(body.moves).toMatchObject([
      { version: 2, kind: 'commission', inMinor: 2_000, outMinor: 0, balanceMinor: 2_100 },
      { version: 3, kind: 'adjustment', inMinor: 0, outMinor: 205, balanceMinor: 1_895 },
      { version: 4, postedAt: '2025-11-01T03:59:59.999Z', balanceMinor: 1_925 },
    ])
    expect(body.nextAfter).toBeUndefined()
  })

  it('covers this month until now without a period', async () => {
    const fresh = await createUser(product.payload)
    tokens.fresh = await signIn(product.payload, fresh)
    const { body } = await statement({}, 'fresh')
    const [from, to] = [new Date(body.from), new Date(body.to)]
    const inIndia = (at: Date) => at.toLocaleString('sv', { timeZone: 'Asia/Kolkata' })
    expect(inIndia(from)).toBe(`${inIndia(to).slice(0, 7)}-01 00:00:00`)
    expect(Math.abs(to.getTime() - Date.now())).toBeLessThan(60_000)
    expect(body).toMatchObject({ openingMinor: 0, closingMinor: 0, moves: [] })
  })

  it('returns one page of moves at a time', async () => {
    const first = (await statement({ ...OCTOBER, limit: '2' })).body
    expect(first.moves.map(({ version }) => version)).toEqual([2, 3])
    expect(first.nextAfter).toBe(3)
    const second = (await statement({ ...OCTOBER, limit: '2', after: '3' })).body
    expect(second.moves.map(({ version }) => version)).toEqual([4])
    expect(second.nextAfter).toBeUndefined()
    expect(second.closingMinor).toBe(first.closingMinor)
  })

  it('can be limited to one kind of transfer, with the sums of all kinds', async () => {
    const { body } = await statement({ ...OCTOBER, transferKind: 'adjustment' })
    expect(body.moves).toHaveLength(1)
    expect(body).toMatchObject({ inMinor: 2_030, outMinor: 205 })
  })

  it('can be requested with a trailing slash', async () => {
    for (const path of ['statement/', 'balance/']) {
      expect((await request(path, { asOf: '2025-10-31', to: '2025-10-31' })).status).toBe(200)
    }
  })

  it.each([
    ['from', { from: 'soon' }],
    ['to', { to: '2025-02-30' }],
    ['from', { from: '2025-11-02', to: '2025-11-01' }],
    ['currency', { currency: 'inr' }],
    ['kind', { kind: 'commission-expense' }],
    ['transferKind', { transferKind: "'; drop" }],
    ['format', { format: 'pdf' }],
    ['limit', { limit: '0' }],
    ['limit', { limit: '501' }],
    ['limit', { limit: 'ten' }],
    ['after', { after: '-1' }],
  ])('refuses an invalid %s: %j', async (field, query) => {
    const { body, status } = await statement(query)
    expect(status).toBe(400)
    expect(body.errors).toMatchObject([{ code: 'request.malformed-value', field }])
  })
})

describe('GET /api/billing/wallet/balance', () => {
  it.each<[Record<string, string>, number]>([
    [{}, 1_929],
    [{ asOf: '2025-10-31' }, 1_925],
    [{ asOf: '2025-10-01T04:00:00Z' }, 100],
    [{ asOf: '2025-10-01T04:00:00.001Z' }, 2_100],
    [{ asOf: '2025-09-29' }, 0],
    [{ currency: 'USD' }, 0],
    [{ kind: 'held' }, 0],
  ])('with %j returns %d', async (query, balanceMinor) => {
    const { body, status } = await request('balance', query)
    expect(status).toBe(200)
    expect(body).toMatchObject({ balanceMinor, wallet: { kind: query.kind ?? 'available' } })
  })

  it('refuses an invalid time', async () => {
    const { body, status } = await request('balance', { asOf: 'then' })
    expect(status).toBe(400)
    expect(body.errors).toMatchObject([{ code: 'request.malformed-value', field: 'asOf' }])
  })
})

describe.each(['statement', 'balance'])('reading a %s', (path) => {
  const unknown = '00000000-0000-7000-8000-000000000000'

  it.each(['admin', 'finance', 'support'])('is allowed to %s for any member', async (role) => {
    const { body, status } = await request(path, { member: member.id }, role)
    expect(status).toBe(200)
    expect(body.closingMinor ?? body.balanceMinor).toBe(1_929)
  })

  it('returns 404 to staff for an unknown member, and 400 for an invalid id', async () => {
    const missing = await request(path, { member: unknown }, 'support')
    expect(missing.status).toBe(404)
    const nonsense = await request(path, { member: 'x' }, 'support')
    expect(nonsense.body.errors).toMatchObject([{ field: 'member' }])
    expect(nonsense.status).toBe(400)
  })

  it.each([() => member.id, () => unknown])(
    'is refused with 403 to a member who names a member',
    async (named) => {
      for (const who of ['member', 'own']) {
        const { body, status } = await request(path, { member: named() }, who)
        expect(status).toBe(403)
        expect(body.errors).toMatchObject([{ code: 'auth.forbidden', field: 'member' }])
      }
    },
  )

  it('is refused with 401 to strangers and machines', async () => {
    tokens.machine = await createMachine(product.payload, ['members:read', 'payments:write'])
    for (const who of ['stranger', 'machine']) {
      expect((await request(path, { member: member.id }, who)).status).toBe(401)
    }
  })
})

describe('a statement as CSV', () => {
  it('has every move between opening and closing, with a byte order mark', async () => {
    const { head, text } = await csvOf(OCTOBER)
    expect(head.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(head.get('content-disposition')).toContain('attachment')
    expect(text.startsWith('\uFEFFVersion,Posted at,Kind,')).toBe(true)
    const lines = text
      .trim()
      .split('\r\n')
      .map((line) => line.split(','))
    expect(lines.slice(1).map((cells) => [...cells.slice(0, 3), ...cells.slice(5, 10)])).toEqual([
      ['', '2025-10-01T04:00:00.000Z', 'Opening', '', '', '1.00', 'INR', ''],
      ['2', '2025-10-01T04:00:00.000Z', 'commission', '20.00', '', '21.00', 'INR', ''],
      ['3', '2025-10-31T12:00:00.000Z', 'adjustment', '', '2.05', '18.95', 'INR', `'=1+1`],
      ['4', '2025-11-01T03:59:59.999Z', 'commission', '0.30', '', '19.25', 'INR', ''],
      ['', '2025-11-01T04:00:00.000Z', 'Closing', '20.30', '2.05', '19.25', 'INR', ''],
    ])
  })

  it('escapes texts that would be formulas, and leaves numbers unchanged', async () => {
    const owner = await createUser(product.payload)
    const reasons = ['=a', '+b', '-c', '@d', '\te', '\rf', 'plain - text', '"quoted", =g']
    const at = '2025-10-05T00:00:00Z'
    await insertWalletHistory(
      product,
      owner.id,
      reasons.map((reason, index) => ({ at, deltaMinor: index === 0 ? -5 : 1, reason })),
    )
    const { text } = await csvOf(
      { from: '2025-10-01', to: '2025-10-31' },
      await signIn(product.payload, owner),
    )
    for (const reason of ["'=a", "'+b", "'-c", "'@d", "'\te", "'\rf", ',plain - text,']) {
      expect(text).toContain(reason)
    }
    expect(text).toContain('"""quoted"", =g"')
    expect(text).toContain(',-0.05,INR')
  })

  it('has all rows of a long statement in order', async () => {
    const owner = await createUser(product.payload)
    const moves = Array.from({ length: 1_203 }, (_, index) => ({
      at: new Date(Date.UTC(2025, 0, 1) + index * 1_000).toISOString(),
      deltaMinor: index + 1,
    }))
    await insertWalletHistory(product, owner.id, moves)
    const { text } = await csvOf(
      { from: '2024-12-31', to: '2025-01-31' },
      await signIn(product.payload, owner),
    )
    const lines = text.trim().split('\r\n')
    expect(lines).toHaveLength(1_203 + 3)
    expect(lines.slice(2, -1).map((line) => line.split(',')[0])).toEqual(
      moves.map((_, index) => String(index + 1)),
    )
    expect(lines.at(-1)).toContain(',Closing,')
    expect(lines.at(-1)).toContain(',7242.06,0.00,7242.06,')
  })
})
