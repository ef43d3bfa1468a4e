import { randomUUID } from 'node:crypto'

import { createLocalReq } from 'payload'

import { dbIn } from '../database/dbIn.ts'
import { inTransaction } from '../database/inTransaction.ts'
import { renderMessage } from '../messaging/renderMessage.ts'
import { createUser } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'
import {
  notifyWithdrawals,
  type WithdrawalEvent,
  type WithdrawalNotice,
} from './notifyWithdrawals.ts'

const ADVICE = 'Add another account.'
const REASON = 'The account is closed.'

let product: Product
let member: string
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())
beforeEach(async () => {
  const { id } = await createUser(product.payload, { name: 'Asha Rao', phone: nextPhone() })
  await product.sql(`update users set phone_verified_at = now() where id = '${id}'`)
  await product.sql('delete from notifications')
  member = id
})

let phones = 0
const nextPhone = () => {
  phones += 1
  return `+9198450${String(66_000 + phones)}`
}

const insertMethod = async (kind = 'upi', display = 'as•••@okhdfc'): Promise<string> => {
  const id = randomUUID()
  await product.sql(`
    insert into payout_methods (id, member_id, kind, display, holder_name, name_match, status,
      fingerprint, sealed)
    values ('${id}', '${member}', '${kind}', '${display}', 'Asha Rao', 'match', 'unverified',
      '${id}', 'sealed')`)
  return id
}

/** Withdrawals of 5,000.00 with 4,740.00 for the member, in a status in which money is back. */
const insertWithdrawals = async (count = 1, kind = 'upi', display?: string): Promise<string[]> => {
  const method = await insertMethod(kind, display)
  const rows = await product.sql<{ id: string }>(`
    insert into withdrawals (id, reference, member_id, method_id, method_kind, driver, status,
      gross_minor, fee_minor, deduction_minor, net_minor, currency, approvals_needed, reason,
      advice, bank_reference, hold_until, hold_owner_id, sent_at, returned_at)
    select time_ordered_uuid(), 'W-' || gen_random_uuid(), '${member}', '${method}', '${kind}',
      'simulated', 'returned', 500000, 1000, 25000, 474000, 'INR', 1, '${REASON}',
      '${ADVICE}', 'UTR123', '2026-12-04T10:00:00Z', '${member}', '2026-11-27T10:00:00Z',
      '2026-11-28T10:00:00Z'
    from generate_series(1, ${count})
    returning id::text`)
  return rows.map(({ id }) => id)
}
const insertWithdrawal = async (kind?: string, display?: string): Promise<string> =>
  (await insertWithdrawals(1, kind, display))[0] ?? ''

const notify = async (...notices: WithdrawalNotice[]) => {
  const req = await createLocalReq({}, product.payload)
  await inTransaction(req, () => notifyWithdrawals(req, notices, new Date()))
}

type Row = {
  dedupe_key: string
  template: string
  channel: 'email' | 'sms'
  status: string
  reason: string | null
  lane: string
  category: string
  data: Record<string, unknown>
}
const queued = () =>
  product.sql<Row>(`select dedupe_key, template, channel::text, status::text, reason, lane::text,
    category, data from notifications order by dedupe_key`)
const emails = async () => (await queued()).filter(({ channel }) => channel === 'email')

const EVENTS: [event: WithdrawalEvent, template: string, data: object][] = [
  [
    'withdrawal-requested',
    'withdrawal-requested',
    {
      grossMinor: 500_000,
      feeMinor: 1_000,
      deductionMinor: 25_000,
      netMinor: 474_000,
      method: 'upi',
      maskedAccount: 'as•••@okhdfc',
    },
  ],
  [
    'withdrawal-sent',
    'withdrawal-processed',
    {
      amountMinor: 474_000,
      method: 'upi',
      maskedAccount: 'as•••@okhdfc',
      expectedBy: '2026-11-28T10:00:00.000Z',
    },
  ],
  [
    'withdrawal-settled',
    'withdrawal-settled',
    { netMinor: 474_000, bankReference: 'UTR123', isGiftCard: false, method: 'upi' },
  ],
  [
    'withdrawal-failed',
    'withdrawal-failed',
    { grossMinor: 500_000, reason: REASON, advice: ADVICE },
  ],
  [
    'withdrawal-returned',
    'withdrawal-returned',
    { grossMinor: 500_000, reason: REASON, advice: ADVICE },
  ],
  [
    'withdrawal-on-hold',
    'withdrawal-on-hold',
    { grossMinor: 500_000, reason: REASON, advice: ADVICE, until: expect.any(String) },
  ],
  ['withdrawal-rejected', 'withdrawal-rejected', { grossMinor: 500_000, reason: REASON }],
  ['withdrawal-cancelled', 'withdrawal-cancelled', { grossMinor: 500_000 }],
  ['withdrawal-debited', 'withdrawal-debited', { grossMinor: 500_000, reason: REASON }],
]

describe.each(EVENTS)('the event %s', (event, template, data) => {
  it('queues one e-mail and one SMS with the facts of the withdrawal', async () => {
    const id = await insertWithdrawal()
    await notify({ id, event })
    const rows = await queued()
    expect(rows.map(({ channel }) => channel)).toEqual(['email', 'sms'])
    for (const row of rows) {
      expect(row).toMatchObject({
        template,
        lane: 'money',
        category: 'withdrawals',
        status: 'pending',
        data: { ...data, name: 'Asha Rao', currency: 'INR', reference: expect.any(String) },
      })
    }
  })

  it.each(['en', 'hi'])('is rendered in %s without a missing value', async (locale) => {
    const id = await insertWithdrawal()
    await notify({ id, event })
    const context = { brand: 'Shop', locale, timeZone: 'UTC', link: (path: string) => path }
    for (const row of await queued()) {
      const made = renderMessage({ ...row, context, kind: row.channel })
      expect(made.text).not.toMatch(/undefined|\bnull\b|NaN|Invalid Date|[{}]/)
    }
  })

  it('is queued once if it is reported twice, in one call or in two', async () => {
    const id = await insertWithdrawal()
    await notify({ id, event }, { id, event })
    await notify({ id, event })
    expect(await queued()).toHaveLength(2)
  })

  it('is stored as suppressed on the channel that the member switched off', async () => {
    await product.sql(`insert into notification_preferences (id, user_id, category, channel, is_on)
      values (time_ordered_uuid(), '${member}', 'withdrawals', 'sms', false)`)
    await notify({ id: await insertWithdrawal(), event })
    const rows = await queued()
    expect(rows.map(({ channel, reason, status }) => [channel, status, reason])).toEqual([
      ['email', 'pending', null],
      ['sms', 'suppressed', 'preference'],
    ])
  })
})

describe('an event that happens again', () => {
  it('is notified for each attempt that the caller numbers, and each once', async () => {
    const id = await insertWithdrawal()
    await notify({ id, event: 'withdrawal-settled', attempt: 1 })
    await notify({ id, event: 'withdrawal-settled', attempt: 2 })
    await notify({ id, event: 'withdrawal-settled', attempt: 2 })
    const keys = (await emails()).map(({ dedupe_key }) => dedupe_key)
    expect(keys).toEqual([`withdrawal:${id}:settled:1:email`, `withdrawal:${id}:settled:2:email`])
  })

  it('is notified for each hold, because each hold begins a new round', async () => {
    const id = await insertWithdrawal()
    await notify({ id, event: 'withdrawal-on-hold' })
    await product.sql(`update withdrawals set round = round + 1 where id = '${id}'`)
    await notify({ id, event: 'withdrawal-on-hold' })
    await notify({ id, event: 'withdrawal-on-hold' })
    expect(await emails()).toHaveLength(2)
  })

  it('is notified for each return, because each return has its time', async () => {
    const id = await insertWithdrawal()
    await notify({ id, event: 'withdrawal-returned' })
    await product.sql(`update withdrawals set returned_at = '2026-12-01' where id = '${id}'`)
    await notify({ id, event: 'withdrawal-returned' })
    await notify({ id, event: 'withdrawal-returned' })
    expect(await emails()).toHaveLength(2)
  })
})

it('a notice with a reason and an expected time overrides those of the withdrawal', async () => {
  const id = await insertWithdrawal()
  const expectedBy = new Date('2026-12-24T00:00:00.000Z')
  await notify(
    { id, event: 'withdrawal-debited', reason: 'The bank confirmed the payment.' },
    { id, event: 'withdrawal-sent', expectedBy },
  )
  expect((await emails()).map(({ data }) => [data.reason, data.expectedBy])).toEqual([
    ['The bank confirmed the payment.', undefined],
    [undefined, expectedBy.toISOString()],
  ])
})

it('a settled gift card leads to the page that shows it', async () => {
  const id = await insertWithdrawal('gift-card', 'as•••@example.test')
  await notify({ id, event: 'withdrawal-settled' })
  const [email] = await emails()
  expect(email?.data).toMatchObject({ isGiftCard: true, method: 'gift-card' })
})

it('a transaction that is rolled back queues nothing', async () => {
  const id = await insertWithdrawal()
  const req = await createLocalReq({}, product.payload)
  await expect(
    inTransaction(req, async () => {
      await notifyWithdrawals(req, [{ id, event: 'withdrawal-requested' }], new Date())
      throw new Error('undone')
    }),
  ).rejects.toThrow('undone')
  expect(await queued()).toEqual([])
})

it('an id that does not exist queues nothing', async () => {
  await notify({ id: randomUUID(), event: 'withdrawal-settled' })
  expect(await queued()).toEqual([])
})

it('a thousand withdrawals take as many statements as one', async () => {
  const ids = await insertWithdrawals(1_000)
  const count = async (of: string[]) => {
    const req = await createLocalReq({}, product.payload)
    return inTransaction(req, async () => {
      const execute = vi.spyOn(await dbIn(req), 'execute')
      const notices = of.map((id): WithdrawalNotice => ({ id, event: 'withdrawal-settled' }))
      await notifyWithdrawals(req, notices, new Date())
      return execute.mock.calls.length
    })
  }
  const one = await count(ids.slice(0, 1))
  expect(one).toBe(2)
  expect(await count(ids)).toBe(one)
  expect(await emails()).toHaveLength(1_000)
})
