import { createUser } from '../../../test/support/factories.ts'
import { createMethod } from '../../../test/support/payoutFactories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import {
  ATTEMPT_STATUSES,
  type AttemptStatus,
  decideReport,
} from '../../domain/payouts/attemptStates.ts'
import {
  findTransition,
  WITHDRAWAL_STATUSES,
  type WithdrawalStatus,
} from '../../domain/payouts/withdrawalStates.ts'

let product: Product
let [member, method, finance] = ['', '', '']
const NEW_ID = '00000000-0000-7000-8000-00000000000a'

beforeAll(async () => {
  product = await startProduct()
  member = (await createUser(product.payload)).id
  finance = (await createUser(product.payload, { role: 'finance' })).id
  method = await createMethod(product, { member })
})
afterAll(() => product.close())

const insertWithdrawal = async (status: WithdrawalStatus, set: Record<string, string> = {}) => {
  const extra = {
    approvals_needed: '1',
    reason: `'x'`,
    hold_owner_id: `'${finance}'`,
    hold_until: 'now()',
    ...set,
  }
  const [row] = await product.sql<{ id: string }>(`
    insert into withdrawals (id, reference, member_id, method_id, method_kind, driver, status,
      gross_minor, fee_minor, deduction_minor, net_minor, currency, quote,
      ${Object.keys(extra).join(', ')})
    values (time_ordered_uuid(), gen_random_uuid()::text, '${member}', '${method}', 'upi',
      'simulated', '${status}', 100, 0, 0, 100, 'INR', '{}', ${Object.values(extra).join(', ')})
    returning id::text`)
  return row?.id ?? ''
}
const insertAttempt = async (
  withdrawal: string,
  status: AttemptStatus,
  set: Record<string, string> = {},
) => {
  const values = { number: '1', amount_minor: '100', currency: `'INR'`, ...set }
  const [row] = await product.sql<{ id: string }>(`
    insert into payout_attempts (id, withdrawal_id, key, driver, status,
      ${Object.keys(values).join(', ')})
    values (time_ordered_uuid(), '${withdrawal}', gen_random_uuid()::text, 'simulated', '${status}',
      ${Object.values(values).join(', ')})
    returning id::text`)
  return row?.id ?? ''
}
/** True if the database accepts a statement, false if a trigger refuses it. */
const isAccepted = (text: string): Promise<boolean> =>
  product.sql(text).then(
    () => true,
    (error: unknown) => {
      const { cause } = error as { cause?: { code?: string; message?: string } }
      expect([cause?.code, cause?.message]).toEqual([
        '23001',
        expect.stringContaining('is refused'),
      ])
      return false
    },
  )
const change = (table: string, id: string, set: string) =>
  isAccepted(`update ${table} set ${set} where id = '${id}'`)

it('a withdrawal makes the transitions of the rules in the database, and no others', async () => {
  const wrong: string[] = []
  for (const from of WITHDRAWAL_STATUSES) {
    for (const to of WITHDRAWAL_STATUSES.filter((status) => status !== from)) {
      const id = await insertWithdrawal(from)
      const set = [`status = '${to}'`]
      if (to === 'on-hold') set.push('round = round + 1')
      if (to === 'approved') set.push('is_auto_approved = true')
      const isAllowed = await change('withdrawals', id, set.join(', '))
      if (isAllowed !== (findTransition(from, to) !== null)) wrong.push(`${from} > ${to}`)
    }
  }
  expect(wrong).toEqual([])
})

it('an attempt makes the changes of the rules in the database, and no others', async () => {
  const reports = ['failed', 'not-found', 'pending', 'returned', 'settled', 'unknown'] as const
  const wrong: string[] = []
  for (const late of [`null`, `'open'`, `'not-paid'`]) {
    for (const from of ATTEMPT_STATUSES) {
      for (const to of ATTEMPT_STATUSES.filter((status) => status !== from)) {
        const withdrawal = await insertWithdrawal('approved')
        const id = await insertAttempt(withdrawal, from, { late_status: late })
        const isDecided = reports.some((report) => {
          const decision = decideReport({ status: from }, report)
          return decision.kind === 'apply' && decision.to === to
        })
        const isAllowed = await change('payout_attempts', id, `status = '${to}'`)
        if (isAllowed !== isDecided) wrong.push(`${from} > ${to}, late ${late}`)
      }
    }
  }
  expect(wrong).toEqual([])
})

it.each([
  'gross_minor = 200, net_minor = 200',
  'fee_minor = 10, net_minor = 90',
  'deduction_minor = 10, net_minor = 90',
  'platform_fee_minor = 1',
  `reference = 'other'`,
  `member_id = (select id from users where role = 'finance' limit 1)`,
  `method_id = '${NEW_ID}'`,
  `method_kind = 'iban'`,
  `driver = 'other'`,
  `bank_profile = 'other'`,
  `currency = 'USD'`,
  `tax_id_id = '${NEW_ID}'`,
  `created_at = '2026-01-01'`,
  `quote = '{"a":1}'`,
  'approvals_needed = 0',
  'round = 0',
])('the fact of a withdrawal does not change: %s', async (set) => {
  expect(await change('withdrawals', await insertWithdrawal('requested'), set)).toBe(false)
})

it.each([
  'amount_minor = 200',
  'number = 2',
  `key = 'other'`,
  `driver = 'other'`,
  `currency = 'USD'`,
  `withdrawal_id = '${NEW_ID}'`,
  `batch_id = '${NEW_ID}'`,
  `created_at = '2026-01-01'`,
])('the fact of an attempt does not change: %s', async (set) => {
  const id = await insertAttempt(await insertWithdrawal('approved'), 'sent')
  expect(await change('payout_attempts', id, set)).toBe(false)
})

describe('an approval in the database', () => {
  const approveBy = (withdrawal: string, by: string, round = 1) =>
    isAccepted(`insert into withdrawal_approvals (id, withdrawal_id, by_id, round, at)
      values (gen_random_uuid(), '${withdrawal}', '${by}', ${round}, now())`)

  it('is refused without the people that it needs', async () => {
    const id = await insertWithdrawal('requested', { approvals_needed: '2' })
    expect(await change('withdrawals', id, `status = 'approved'`)).toBe(false)
    expect(await approveBy(id, finance)).toBe(true)
    expect(await change('withdrawals', id, `status = 'approved'`)).toBe(false)
    expect(await approveBy(id, (await createUser(product.payload)).id)).toBe(true)
    expect(await change('withdrawals', id, `status = 'approved'`)).toBe(true)
  })

  it('does not count in a later round, nor by the member or of another state', async () => {
    const id = await insertWithdrawal('requested')
    expect(await approveBy(id, member)).toBe(false)
    expect(await approveBy(id, finance, 2)).toBe(false)
    expect(await approveBy(id, finance)).toBe(true)
    expect(await change('withdrawals', id, `status = 'on-hold'`)).toBe(false)
    expect(await change('withdrawals', id, `status = 'on-hold', round = 2`)).toBe(true)
    expect(await approveBy(id, finance, 2)).toBe(false)
    expect(await change('withdrawals', id, `status = 'requested'`)).toBe(true)
    expect(await change('withdrawals', id, `status = 'approved'`)).toBe(false)
  })
})

describe('an attempt in the database', () => {
  it.each(WITHDRAWAL_STATUSES.filter((status) => status !== 'approved'))(
    'of a withdrawal that is %s is refused',
    async (status) => {
      await expect(insertAttempt(await insertWithdrawal(status), 'sending')).rejects.toThrow()
    },
  )

  it.each([
    ['more than it owes', { amount_minor: '101' }, {}],
    ['less than it owes', { amount_minor: '99' }, {}],
    ['another currency', { currency: `'USD'` }, {}],
    ['what may have been paid late', {}, { is_paid_late: 'true' }],
  ] as [string, Record<string, string>, Record<string, string>][])(
    'that pays %s is refused',
    async (_case, attempt, withdrawal) => {
      const id = await insertWithdrawal('approved', withdrawal)
      await expect(insertAttempt(id, 'sending', attempt)).rejects.toMatchObject({
        cause: { code: '23001' },
      })
    },
  )

  it('is made once at a time, and not after one that was paid', async () => {
    const id = await insertWithdrawal('approved')
    await insertAttempt(id, 'settled')
    await expect(insertAttempt(id, 'sending', { number: '2' })).rejects.toMatchObject({
      cause: { constraint: 'payout_attempts_one_at_a_time' },
    })
  })
})
