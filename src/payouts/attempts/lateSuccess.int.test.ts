import { createUser, signIn } from '../../../test/support/factories.ts'
import { setDriver, setPayoutRules } from '../../../test/support/payoutFactories.ts'
import {
  answers,
  applyReport,
  approve,
  createPayee,
  createWithdrawal,
  openScripted,
  pay,
  readFunds,
  readWithdrawal,
  report,
  runIn,
} from '../../../test/support/payoutSteps.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { verifyWallets } from '../../ledger/verification/verifyWallets.ts'
import type { User } from '../../payload-types.ts'
import {
  cancelWithdrawal,
  holdWithdrawal,
  liftHold,
  rejectWithdrawal,
} from '../withdrawals/stopWithdrawal.ts'
import { answerLate } from './answerLate.ts'
import { applyReports } from './applyReports.ts'

let product: Product
let [member, approver, other] = [] as unknown as [User, User, User]
let [method, id] = ['', '']
let clock = Date.now()
const bank = openScripted()

beforeAll(async () => {
  product = await startProduct()
  setDriver(product.payload, bank.driver)
  approver = await createUser(product.payload, { role: 'finance' })
  other = await createUser(product.payload, { role: 'finance' })
})
afterAll(async () => {
  expect((await verifyWallets(product.payload)).problems).toEqual([])
  await product.close()
})
beforeEach(async () => {
  await product.sql(`update withdrawals set next_attempt_at = '2100-01-01'`)
  await setPayoutRules(product, [{ fee_fixed_minor: 1_000 }])
  ;({ member, method } = await createPayee(product))
  id = await createWithdrawal(product, { member, method })
  await approve(product, approver.id, [id])
  clock = Date.now()
})
/** The present, a day further with each call: every retry is due. */
const tick = () => new Date((clock += 86_400_000))
const read = () => readWithdrawal(product, id)
const funds = () => readFunds(product, member.id)
const keyOf = async (number: number) => (await read()).attempts[number - 1]?.key ?? ''
const sendAs = async (status: 'failed' | 'pending', remedy: 'later' | 'never' | null = null) => {
  bank.script.send = () => answers.report(status, { remedy })
  await pay(product, tick())
}
const apply = async (number: number, status: Parameters<typeof report>[0]) =>
  (await applyReport(product, await keyOf(number), status, { now: tick(), remedy: null }))[0]
    ?.result

const by = ({ id: one, role }: User) => ({ id: one, role })
const steps = {
  hold: () =>
    runIn(product.payload, (req) =>
      holdWithdrawal(req, {
        id,
        by: by(approver),
        owner: approver.id,
        reason: 'look',
        until: new Date(clock + 1e9),
        now: tick(),
      }),
    ),
  lift: () =>
    runIn(product.payload, (req) =>
      liftHold(req, { id, by: by(approver), reason: 'fine', now: tick() }),
    ),
  reject: () =>
    runIn(product.payload, (req) =>
      rejectWithdrawal(req, { id, by: by(approver), reason: 'no', now: tick() }),
    ),
  cancel: () =>
    runIn(product.payload, (req) => cancelWithdrawal(req, { id, member: member.id, now: tick() })),
}
const answer = (found: 'not-paid' | 'paid', number = 1, who = other) =>
  keyOf(number).then((key) =>
    runIn(product.payload, (req) =>
      answerLate(req, { key, found, by: who.id, reason: 'the bank’s list', now: tick() }),
    ).then(
      () => 'answered',
      (error: unknown) => (error as { code: string }).code,
    ),
  )
const failed = () => sendAs('failed', 'later')

/** How a withdrawal comes to a state in which its first attempt is reported as paid after all. */
const STATES: Record<string, () => Promise<unknown>> = {
  approved: failed,
  'on-hold': async () => {
    await failed()
    await steps.hold()
  },
  requested: async () => {
    await failed()
    await steps.hold()
    await steps.lift()
  },
  rejected: async () => {
    await failed()
    await steps.reject()
  },
  cancelled: async () => {
    await failed()
    await steps.hold()
    await steps.cancel()
  },
  failed: () => sendAs('failed', 'never'),
  returned: async () => {
    await sendAs('pending')
    await apply(1, 'settled')
    await apply(1, 'returned')
  },
  settled: async () => {
    await failed()
    await sendAs('pending')
    await apply(2, 'settled')
  },
}
const NET = { payouts: 59_000, tax: 0 }
const PAID = { ...NET, fees: 1_000, available: 40_000, held: 0 }
const HELD = { payouts: 0, tax: 0, fees: 0, available: 40_000, held: 60_000 }
const BACK = { payouts: 0, tax: 0, fees: 0, available: 100_000, held: 0 }
const isInHeld = (state: string) => ['approved', 'on-hold', 'requested'].includes(state)
const fundsOf = (state: string) => (state === 'settled' ? PAID : isInHeld(state) ? HELD : BACK)

describe('a first attempt that is reported as paid after its money went back,', () => {
  it.each(Object.keys(STATES))('%s: moves nothing until a person answers', async (state) => {
    await STATES[state]?.()
    expect(await read()).toMatchObject({ status: state, late: false })
    expect(await apply(1, 'settled')).toBe('applied')
    const { attempts, ...row } = await read()
    expect([row, attempts[0]]).toMatchObject([{ status: state, late: true }, { late: 'open' }])
    expect(await apply(1, 'settled')).toBe('unchanged')
    expect(await funds()).toEqual(fundsOf(state))
  })

  it.each(Object.keys(STATES))('%s: answered as not paid, it is as before', async (state) => {
    await STATES[state]?.()
    await apply(1, 'settled')
    expect(await answer('not-paid')).toBe('answered')
    const { attempts, ...row } = await read()
    expect([row, attempts[0]]).toMatchObject([{ status: state, late: false }, { late: 'not-paid' }])
    expect(await funds()).toEqual(fundsOf(state))
    expect(await apply(1, 'settled')).toBe('unchanged')
    expect(await answer('paid')).toBe('withdrawal.not-late')
  })

  it.each(Object.keys(STATES))('%s: answered as paid, it is debited and settled', async (state) => {
    await STATES[state]?.()
    await apply(1, 'settled')
    expect(await answer('paid')).toBe('answered')
    expect(await read()).toMatchObject({ status: 'settled', late: false })
    const paidTwice = { ...PAID, available: 40_000 - 59_000, payouts: 118_000 }
    expect(await funds()).toEqual(state === 'settled' ? paidTwice : PAID)
    expect(await answer('paid')).toBe('withdrawal.not-late')
    // Nothing pays it again.
    await pay(product, tick())
    expect((await read()).attempts).toHaveLength(state === 'settled' ? 2 : 1)
  })

  it.each(Object.keys(STATES).filter((state) => state !== 'returned'))(
    '%s: answered as paid, and returned by the bank, its money is back once',
    async (state) => {
      await STATES[state]?.()
      await apply(1, 'settled')
      await answer('paid')
      expect(await apply(1, 'returned')).toBe('applied')
      // Of two payments the other one stands.
      const isPaid = state === 'settled'
      expect(await read()).toMatchObject({ status: isPaid ? 'settled' : 'returned' })
      expect(await funds()).toEqual(isPaid ? PAID : BACK)
      await apply(1, 'returned')
      await apply(1, 'failed')
      await apply(1, 'settled')
      expect(await funds()).toEqual(isPaid ? PAID : BACK)
    },
  )

  it('settled by a second that the bank returns later: the first payment stands', async () => {
    await STATES.settled?.()
    await apply(1, 'settled')
    await answer('paid')
    await apply(2, 'returned')
    expect(await read()).toMatchObject({ status: 'settled' })
    expect(await funds()).toMatchObject({ payouts: 59_000, held: 0 })
    await apply(1, 'returned')
    expect(await read()).toMatchObject({ status: 'returned' })
    expect(await funds()).toEqual(BACK)
  })
})

describe('while a second attempt is on its way', () => {
  beforeEach(async () => {
    await failed()
    await sendAs('pending')
    await apply(1, 'settled')
  })

  it('the first is answered as not paid, but as paid only once the second is final', async () => {
    expect(await answer('paid')).toBe('withdrawal.in-payment')
    expect(await answer('not-paid')).toBe('answered')
    await apply(2, 'settled')
    expect(await read()).toMatchObject({ status: 'settled' })
    expect(await funds()).toEqual(PAID)
  })

  it('and fails to be tried again, nothing is sent before the first is answered', async () => {
    await applyReport(product, await keyOf(2), 'failed', { remedy: 'later', now: tick() })
    expect(await read()).toMatchObject({ status: 'approved', late: true })
    await pay(product, tick())
    expect((await read()).attempts).toHaveLength(2)
    expect(await answer('paid')).toBe('answered')
    expect(await read()).toMatchObject({ status: 'settled' })
    expect(await funds()).toEqual(PAID)
  })

  it('and both are reported as paid late, it stays blocked until both are answered', async () => {
    await applyReport(product, await keyOf(2), 'failed', { remedy: 'later', now: tick() })
    await apply(2, 'settled')
    expect(await answer('not-paid', 1)).toBe('answered')
    expect(await read()).toMatchObject({ status: 'approved', late: true })
    await pay(product, tick())
    expect((await read()).attempts).toHaveLength(2)
    expect(await answer('paid', 2)).toBe('answered')
    expect(await read()).toMatchObject({ status: 'settled', late: false })
    expect(await funds()).toEqual(PAID)
  })

  it('and both were paid, the second answer debits the net amount alone', async () => {
    await applyReport(product, await keyOf(2), 'failed', { remedy: 'later', now: tick() })
    await apply(2, 'settled')
    await answer('paid', 1)
    expect(await read()).toMatchObject({ status: 'settled', late: true })
    await answer('paid', 2)
    expect(await read()).toMatchObject({ status: 'settled', late: false })
    expect(await funds()).toMatchObject({ payouts: 118_000, fees: 1_000, available: -19_000 })
  })
})

describe('while a late success is open', () => {
  it.each([
    ['approved', 'reject'],
    ['requested', 'reject'],
    ['on-hold', 'lift'],
    ['on-hold', 'cancel'],
    ['on-hold', 'reject'],
    ['requested', 'cancel'],
  ] as const)('a withdrawal that is %s refuses to %s', async (state, step) => {
    await STATES[state]?.()
    await apply(1, 'settled')
    await expect(steps[step]()).rejects.toMatchObject({ code: 'withdrawal.paid-late' })
    expect(await funds()).toEqual(HELD)
  })

  it('it is neither approved nor claimed, but can be put on hold', async () => {
    await STATES.requested?.()
    await apply(1, 'settled')
    const result = await approve(product, other.id, [id])
    expect(result.refused).toMatchObject([{ code: 'withdrawal.paid-late' }])
    await steps.hold()
    expect(await read()).toMatchObject({ status: 'on-hold', late: true })
  })

  it('the database refuses an approval, a rejection and an attempt as well', async () => {
    await STATES.approved?.()
    await apply(1, 'settled')
    const refused = { cause: { code: '23001' } }
    await expect(
      product.sql(`update withdrawals set status = 'rejected', reason = 'x' where id = '${id}'`),
    ).rejects.toMatchObject(refused)
    await expect(
      product.sql(`insert into payout_attempts (id, withdrawal_id, number, key, driver,
          amount_minor, currency, status)
        values (gen_random_uuid(), '${id}', 9, 'x', 'simulated', 59000, 'INR', 'sending')`),
    ).rejects.toMatchObject(refused)
  })

  it('an approver and the member do not answer it', async () => {
    await STATES.failed?.()
    await apply(1, 'settled')
    expect(await answer('paid', 1, approver)).toBe('withdrawal.not-independent')
    await product.sql(`update users set role = 'finance' where id = '${member.id}'`)
    expect(await answer('paid', 1, member)).toBe('approval.not-independent')
    expect(await funds()).toEqual(BACK)
  })

  it('two people who answer at once are one answer', async () => {
    const third = await createUser(product.payload, { role: 'finance' })
    await product.sql(`update users set created_at = '2026-01-01' where id = '${third.id}'`)
    await STATES.failed?.()
    await apply(1, 'settled')
    const results = await Promise.all([answer('paid'), answer('not-paid', 1, third)])
    expect(results.sort()).toEqual(['answered', 'withdrawal.not-late'])
  })

  it('over REST finance answers with a reason, and support does not', async () => {
    await STATES.failed?.()
    await apply(1, 'settled')
    const send = async (who: User, body: object) =>
      product.rest<{ errors?: { code: string; field?: string }[] }>(
        'POST',
        '/api/payout-attempts/resolve',
        {
          authorization: await signIn(product.payload, who),
          body: { attempt: await keyOf(1), found: 'paid', ...body },
        },
      )
    const support = await createUser(product.payload, { role: 'support' })
    expect((await send(support, { reason: 'x' })).status).toBe(403)
    expect((await send(other, {})).status).toBe(400)
    expect((await send(other, { reason: 'on the list of the bank' })).status).toBe(200)
    expect(await funds()).toEqual(PAID)
  })
})

describe('one batch of reports', () => {
  const applyAll = (reports: Parameters<typeof applyReports>[1]['reports']) =>
    runIn(product.payload, (req) => applyReports(req, { reports, now: tick() }))

  it('that names one attempt by key and by id, and contradicts itself, is in doubt', async () => {
    await sendAs('pending')
    const key = await keyOf(1)
    const providerId = `p-${key}`
    await applyReport(product, key, 'pending', { providerId })
    const results = await applyAll([
      { name: { key }, report: report('settled') },
      { name: { driver: 'simulated', providerId }, report: report('failed', { remedy: 'never' }) },
    ])
    expect(results.map(({ result }) => result)).toEqual(['unchanged', 'unchanged'])
    expect(await read()).toMatchObject({ status: 'sent' })
    expect(await funds()).toEqual(PAID)
    await applyAll([
      { name: { key }, report: report('settled') },
      { name: { driver: 'simulated', providerId }, report: report('settled') },
    ])
    expect(await read()).toMatchObject({ status: 'settled' })
  })

  it.each([
    ['the first named first', [1, 2]],
    ['the second named first', [2, 1]],
  ])('of two attempts of a withdrawal keeps the change of each: %s', async (_case, order) => {
    await failed()
    await sendAs('pending')
    const keys = await Promise.all(order.map(keyOf))
    await applyAll([
      ...keys.map((key) => ({ name: { key }, report: report('settled') })),
      { name: { key: 'unknown' }, report: report('settled') },
    ])
    expect(await read()).toMatchObject({
      status: 'settled',
      late: true,
      attempts: [{ late: 'open' }, { status: 'settled' }],
    })
  })
})
