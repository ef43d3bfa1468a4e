import { createUser, readBalance, signIn } from '../../../test/support/factories.ts'
import { createMethod, setDriver, setPayoutRules } from '../../../test/support/payoutFactories.ts'
import { createPayee, openScripted, readFunds } from '../../../test/support/payoutSteps.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import type { User } from '../../payload-types.ts'

let product: Product
let member: User
let [authorization, method] = ['', '']
const scripted = openScripted()

beforeAll(async () => {
  product = await startProduct()
  setDriver(product.payload, scripted.driver)
})
afterAll(() => product.close())
beforeEach(async () => {
  scripted.driver.refuse = () => null
  await setPayoutRules(product, [{}])
  await product.sql('delete from payout_config_deductions')
  ;({ member, method } = await createPayee(product))
  authorization = await signIn(product.payload, member)
})

type Body = {
  id: string
  reference: string
  status: string
  grossMinor: number
  feeMinor: number
  deductionMinor: number
  netMinor: number
  errors?: { code: string; field?: string; message: string }[]
}
const ask = (over: object = {}, path = '/api/withdrawals', headers: Record<string, string> = {}) =>
  product.rest<Body>('POST', path, {
    authorization,
    headers,
    body: { amountMinor: 60_000, currency: 'INR', method, ...over },
  })
const sql = (text: string) => product.sql(text)
const setWallet = (set: string) =>
  sql(`update wallets set ${set} where owner_id = '${member.id}' and kind = 'available'`)

describe('a request is refused with its code and field, a quote alike, and no money moves:', () => {
  const other = '00000000-0000-7000-8000-000000000001'
  it.each<[string, number, string, string | undefined, () => object | Promise<object>]>([
    ['zero', 400, 'request.malformed-value', 'amountMinor', () => ({ amountMinor: 0 })],
    ['below zero', 400, 'request.malformed-value', 'amountMinor', () => ({ amountMinor: -1 })],
    ['a fraction', 400, 'request.malformed-value', 'amountMinor', () => ({ amountMinor: 1.5 })],
    ['text', 400, 'request.malformed-value', 'amountMinor', () => ({ amountMinor: '100' })],
    [
      'beyond whole numbers',
      400,
      'request.malformed-value',
      'amountMinor',
      () => ({ amountMinor: 2 ** 53 }),
    ],
    ['no currency', 400, 'request.malformed-value', 'currency', () => ({ currency: 'INRX' })],
    ['no method', 400, 'request.malformed-value', 'method', () => ({ method: 'x' })],
    ['an unknown method', 400, 'withdrawal.no-method', 'method', () => ({ method: other })],
    [
      'a method of another member',
      400,
      'withdrawal.no-method',
      'method',
      async () => ({ method: (await createPayee(product, { amountMinor: 0 })).method }),
    ],
    [
      'a removed method',
      400,
      'withdrawal.no-method',
      'method',
      async () => {
        await sql(`update payout_methods set status = 'removed' where id = '${method}'`)
        return {}
      },
    ],
    [
      'a method that is not confirmed',
      409,
      'withdrawal.method-not-verified',
      'method',
      async () => ({
        method: await createMethod(product, { member: member.id, status: 'unverified' }),
      }),
    ],
    [
      'a method that cools off',
      409,
      'withdrawal.method-cooling-off',
      'method',
      async () => {
        const verifiedAt = new Date(Date.now() - 71 * 3_600_000).toISOString()
        return { method: await createMethod(product, { member: member.id, verifiedAt }) }
      },
    ],
    [
      'a method that cools off by a rule that is stricter now',
      409,
      'withdrawal.method-cooling-off',
      'method',
      async () => {
        await setPayoutRules(product, [{ cool_off_hours: 200 }])
        const verifiedAt = new Date(Date.now() - 100 * 3_600_000).toISOString()
        return { method: await createMethod(product, { member: member.id, verifiedAt }) }
      },
    ],
    [
      'no rule of the currency',
      409,
      'withdrawal.method-off',
      'method',
      () => ({ currency: 'USD' }),
    ],
    [
      'a rule that is off',
      409,
      'withdrawal.method-off',
      'method',
      async () => {
        await setPayoutRules(product, [{ is_on: false }])
        return {}
      },
    ],
    [
      'a frozen wallet',
      409,
      'withdrawal.wallet-frozen',
      undefined,
      async () => {
        await setWallet('frozen_at = now()')
        return {}
      },
    ],
    [
      'a balance below zero',
      409,
      'withdrawal.wallet-negative',
      undefined,
      async () => {
        await setWallet('balance_minor = -1')
        return {}
      },
    ],
    [
      'a member under review',
      409,
      'withdrawal.under-review',
      undefined,
      async () => {
        await sql(`update users set review_reason = 'shared account' where id = '${member.id}'`)
        return {}
      },
    ],
    [
      'less than the minimum',
      400,
      'withdrawal.below-minimum',
      'amountMinor',
      () => ({ amountMinor: 99 }),
    ],
    [
      'more than the maximum',
      400,
      'withdrawal.above-maximum',
      'amountMinor',
      async () => {
        await setPayoutRules(product, [{ max_minor: 59_999 }])
        return {}
      },
    ],
    [
      'less than the minimum after the fee',
      400,
      'withdrawal.below-minimum',
      'amountMinor',
      async () => {
        await setPayoutRules(product, [{ min_minor: 60_000, fee_fixed_minor: 1 }])
        return {}
      },
    ],
    [
      'an amount that the fee takes',
      400,
      'withdrawal.nothing-left',
      'amountMinor',
      async () => {
        await setPayoutRules(product, [{ fee_fixed_minor: 60_000 }])
        return {}
      },
    ],
    [
      'an amount that the driver cannot pay',
      400,
      'withdrawal.not-payable',
      'amountMinor',
      () => {
        scripted.driver.refuse = ({ amountMinor }) =>
          amountMinor > 50_000 ? { code: 'max', message: 'At most 500 at once.' } : null
        return {}
      },
    ],
    [
      'an amount that the driver cannot pay once the fee is off',
      400,
      'withdrawal.not-payable',
      'amountMinor',
      async () => {
        await setPayoutRules(product, [{ fee_fixed_minor: 10 }])
        scripted.driver.refuse = ({ amountMinor }) =>
          amountMinor < 60_000 ? { code: 'min', message: 'At least 600.' } : null
        return {}
      },
    ],
    [
      'a driver that is not set up',
      400,
      'withdrawal.not-payable',
      'amountMinor',
      async () => {
        await setPayoutRules(product, [{ driver: 'razorpayx' }])
        return {}
      },
    ],
    [
      'a bank file without its profile',
      400,
      'withdrawal.not-payable',
      'amountMinor',
      async () => {
        await setPayoutRules(product, [{ driver: 'bank-file', bank_profile: 'none' }])
        return {}
      },
    ],
    [
      'more than is available',
      409,
      'withdrawal.insufficient',
      'amountMinor',
      () => ({ amountMinor: 100_001 }),
    ],
    [
      'more than the member may request in a day',
      400,
      'withdrawal.day-limit',
      'amountMinor',
      async () => {
        await setPayoutRules(product, [{ member_day_minor: 70_000 }])
        expect((await ask({ amountMinor: 10_001 })).status).toBe(201)
        return {}
      },
    ],
  ])('%s', async (_case, status, code, field, arrange) => {
    const body = await arrange()
    const before = await readFunds(product, member.id)
    const [error] = (await ask(body)).body.errors ?? []
    expect({ code: error?.code, field: error?.field }).toEqual({ code, field })
    const answer = await ask(body)
    expect([answer.status, answer.body.errors?.[0]?.code]).toEqual([status, code])
    const quote = await ask(body, '/api/withdrawals/quote')
    expect([quote.status, quote.body.errors]).toEqual([status, answer.body.errors])
    expect(await readFunds(product, member.id)).toEqual(before)
  })
})

it('what went back does not count towards the limit of a day, and older requests do not', async () => {
  await setPayoutRules(product, [{ member_day_minor: 60_000 }])
  const first = await ask()
  await product.rest('POST', `/api/withdrawals/${first.body.id}/cancel`, { authorization })
  expect((await ask()).status).toBe(201)
  expect((await ask({ amountMinor: 100 })).body.errors?.[0]?.code).toBe('withdrawal.day-limit')
})

describe('fee and deductions are said beforehand, and are those of the request:', () => {
  const rule = {
    label: 'Tax at source',
    section: '194R',
    currency: 'INR',
    from: '2026-01-01',
    rate_bps: 1_000,
    rate_without_tax_id_bps: 2_000,
    yearly_threshold_minor: 50_000,
    applies_to: 'excess',
    base: 'payout',
    year_start: '04-01',
    time_zone: 'Asia/Kolkata',
  }
  const setDeduction = (over: Partial<typeof rule> = {}) => {
    const row = { ...rule, ...over }
    const names = Object.keys(row).map((name) => `"${name}"`)
    return sql(`
      insert into payout_config_deductions (_order, _parent_id, id, ${names.join(', ')})
      select 1, c.id, '1', ${Object.values(row)
        .map((value) => `'${value}'`)
        .join(', ')} from payout_config c`)
  }
  const giveTaxId = () =>
    sql(`insert into tax_ids (id, member_id, country, display, fingerprint, sealed)
      values (gen_random_uuid(), '${member.id}', 'IN', '•••• 234F', '${member.id}', 'x')`)

  it.each<[string, object, () => unknown, object]>([
    [
      'a fixed fee and a share, rounded half up',
      { fee_fixed_minor: 500, fee_percent_bps: 25 },
      () => undefined,
      { feeMinor: 650, deductionMinor: 0, netMinor: 59_350 },
    ],
    [
      'a fee that the platform bears',
      { fee_fixed_minor: 500, fee_percent_bps: 25, fee_bearer: 'platform' },
      () => undefined,
      { feeMinor: 0, deductionMinor: 0, netMinor: 60_000 },
    ],
    [
      'a deduction of what is paid out above the threshold, with a tax id',
      { fee_fixed_minor: 500 },
      async () => {
        await setDeduction()
        await giveTaxId()
      },
      { feeMinor: 500, deductionMinor: 1_000, netMinor: 58_500 },
    ],
    [
      'a deduction at the higher rate without a tax id',
      {},
      () => setDeduction(),
      { feeMinor: 0, deductionMinor: 2_000, netMinor: 58_000 },
    ],
    [
      'a deduction of the whole sum',
      {},
      () => setDeduction({ applies_to: 'whole' }),
      { feeMinor: 0, deductionMinor: 12_000, netMinor: 48_000 },
    ],
    [
      'a deduction of what was credited, whatever is paid out of it',
      {},
      () => setDeduction({ base: 'credit' }),
      { feeMinor: 0, deductionMinor: 10_000, netMinor: 50_000 },
    ],
    [
      'none of a rule that begins tomorrow',
      {},
      () => setDeduction({ from: new Date(Date.now() + 2 * 86_400_000).toISOString() }),
      { feeMinor: 0, deductionMinor: 0, netMinor: 60_000 },
    ],
  ])('%s', async (_case, over, arrange, amounts) => {
    await setPayoutRules(product, [over])
    await arrange()
    const quote = await ask({}, '/api/withdrawals/quote')
    expect(quote.body).toMatchObject({ grossMinor: 60_000, ...amounts })
    const { body, status } = await ask()
    expect([status, body]).toMatchObject([201, { grossMinor: 60_000, ...amounts }])
    expect(await readBalance(product.payload, member.id)).toBe(40_000)
  })

  it('the same money is not deducted for twice, and what goes back does not count', async () => {
    await setDeduction()
    const first = await ask({ amountMinor: 50_000 })
    expect(first.body.deductionMinor).toBe(0)
    const second = await ask({ amountMinor: 10_000 })
    expect(second.body.deductionMinor).toBe(2_000)
    await product.rest('POST', `/api/withdrawals/${second.body.id}/cancel`, { authorization })
    expect((await ask({ amountMinor: 10_000 })).body.deductionMinor).toBe(2_000)
    expect((await ask({ amountMinor: 10_000 })).body.deductionMinor).toBe(2_000)
  })
})

describe('a request of a member of standing', () => {
  const settled = (count: number) =>
    sql(`
      insert into withdrawals (id, reference, member_id, method_id, method_kind, driver, status,
        gross_minor, fee_minor, deduction_minor, net_minor, currency, approvals_needed, created_at)
      select gen_random_uuid(), gen_random_uuid()::text, '${member.id}', '${method}', 'upi',
        'simulated', 'settled', 1, 0, 0, 1, 'INR', 1, '2026-01-01'
      from generate_series(1, ${count})`)
  const standing = async () => {
    await setPayoutRules(product, [
      { auto_approve_below_minor: 50_000, auto_approve_after_days: 90 },
    ])
    await sql(`update users set created_at = '2026-01-01' where id = '${member.id}'`)
    await settled(3)
  }

  it('below the amount is approved at once, with its hold', async () => {
    await standing()
    const { body } = await ask({ amountMinor: 49_999 })
    expect(body.status).toBe('approved')
    expect(await readFunds(product, member.id)).toMatchObject({ available: 50_001, held: 49_999 })
  })

  it.each<[string, () => Promise<unknown>]>([
    [
      'the amount is not below',
      () => setPayoutRules(product, [{ auto_approve_below_minor: 30_000 }]),
    ],
    ['automatic approval is off', () => setPayoutRules(product, [{ auto_approve_below_minor: 0 }])],
    [
      'it needs two approvals',
      () =>
        setPayoutRules(product, [
          { auto_approve_below_minor: 50_000, four_eyes_above_minor: 29_999 },
        ]),
    ],
    ['earlier ones of the day reach the amount', () => ask({ amountMinor: 20_000 })],
    [
      'the account is new',
      () => sql(`update users set created_at = now() where id = '${member.id}'`),
    ],
    [
      'too few were settled',
      () =>
        setPayoutRules(product, [
          { auto_approve_below_minor: 50_000, auto_approve_after_settled: 4 },
        ]),
    ],
    [
      'another member has the same account',
      async () => {
        const [row] = await product.sql<{ fingerprint: string }>(
          `select fingerprint from payout_methods where id = '${method}'`,
        )
        const { id } = await createUser(product.payload)
        await createMethod(product, { member: id, fingerprint: row?.fingerprint ?? '' })
      },
    ],
    [
      'the name differs',
      () => sql(`update payout_methods set name_match = 'partial' where id = '${method}'`),
    ],
    [
      'the held wallet is below zero',
      () =>
        sql(`insert into wallets (id, owner_id, kind, currency, balance_minor)
          values (gen_random_uuid(), '${member.id}', 'held', 'INR', -1)`),
    ],
    [
      'one was returned lately',
      () =>
        sql(`insert into withdrawals (id, reference, member_id, method_id, method_kind, driver,
            status, gross_minor, fee_minor, deduction_minor, net_minor, currency, approvals_needed,
            created_at, returned_at, reason)
          values (gen_random_uuid(), gen_random_uuid()::text, '${member.id}', '${method}', 'upi',
            'simulated', 'returned', 1, 0, 0, 1, 'INR', 1, now(), now() - interval '89 days', 'x')`),
    ],
    [
      'the method is less than 30 days old',
      () =>
        sql(`update payout_methods set verified_at = now() - interval '29 days'
          where id = '${method}'`),
    ],
  ])('waits for a person when %s', async (_case, arrange) => {
    await standing()
    await arrange()
    const { body } = await ask({ amountMinor: 30_000 })
    expect(body.status).toBe('requested')
  })
})

it('twenty requests at once over one balance hold at most the balance', async () => {
  const results = await Promise.all(Array.from({ length: 20 }, () => ask({ amountMinor: 15_000 })))
  const codes = results.map(({ body, status }) =>
    status === 201 ? 'held' : (body.errors?.[0]?.code ?? ''),
  )
  expect(codes.filter((code) => code === 'held')).toHaveLength(6)
  expect(new Set(codes)).toEqual(new Set(['held', 'withdrawal.insufficient']))
  expect(await readFunds(product, member.id)).toMatchObject({ available: 10_000, held: 90_000 })
})

it('a request that is repeated with its Idempotency-Key is made once, at once or later', async () => {
  const headers = { 'Idempotency-Key': 'phone-1' }
  const send = (over: object = {}) =>
    ask({ amountMinor: 15_000, ...over }, '/api/withdrawals', headers)
  const [first, second, third] = await Promise.all([send(), send(), send()])
  const later = await send()
  const ids = [first, second, third, later].map(({ body }) => body?.id)
  expect(new Set(ids).size).toBe(1)
  expect(await readBalance(product.payload, member.id)).toBe(85_000)
  expect((await send({ amountMinor: 15_001 })).body.errors?.[0]?.code).toBe(
    'request.idempotency-key-reused',
  )
})
