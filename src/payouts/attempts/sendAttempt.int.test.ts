import { createLocalReq } from 'payload'

import { createUser, signIn } from '../../../test/support/factories.ts'
import { setDriver, setPayoutRules } from '../../../test/support/payoutFactories.ts'
import {
  answers,
  applyReport,
  approve,
  createPayee,
  createWithdrawal,
  lookUp,
  openScripted,
  pay,
  readFunds,
  readWithdrawal,
  report,
} from '../../../test/support/payoutSteps.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { verifyWallets } from '../../ledger/verification/verifyWallets.ts'
import type { User } from '../../payload-types.ts'
import { findPayouts } from '../findPayouts.ts'
import { claimAttempts } from './claimAttempts.ts'

let product: Product
let [member, finance] = [] as unknown as [User, User]
let [method, id] = ['', '']
let bank: ReturnType<typeof openScripted>

const PAID = { available: 40_000, held: 0, payouts: 60_000, fees: 0, tax: 0 }
const IN_HELD = { available: 40_000, held: 60_000, payouts: 0, fees: 0, tax: 0 }
const BACK = { available: 100_000, held: 0, payouts: 0, fees: 0, tax: 0 }
let start = 0
const after = (minutes: number) => new Date(start + minutes * 60_000)

beforeAll(async () => {
  product = await startProduct()
  await setPayoutRules(product, [{}])
  finance = await createUser(product.payload, { role: 'finance' })
})
afterAll(async () => {
  expect((await verifyWallets(product.payload)).problems).toEqual([])
  await product.close()
})
beforeEach(async () => {
  // Withdrawals of other tests are out of reach.
  await product.sql(`update payout_attempts set next_look_at = null, lease_until = '2100-01-01'`)
  await product.sql(`update withdrawals set next_attempt_at = '2100-01-01'`)
  use(openScripted())
  ;({ member, method } = await createPayee(product))
  id = await createWithdrawal(product, { member, method })
  await approve(product, finance.id, [id])
  start = Date.now()
})
const use = (scripted: typeof bank) => {
  bank = scripted
  setDriver(product.payload, bank.driver)
}
const funds = () => readFunds(product, member.id)
const read = () => readWithdrawal(product, id)
const endLeases = () =>
  product.sql(`update payout_attempts set lease_until = now() - interval '1 second'
    where withdrawal_id = '${id}'`)
/** Claims as a process does that ends before it calls the provider. */
const claimAndEnd = async () => {
  const req = await createLocalReq({}, product.payload)
  const lease = { token: 'gone', ms: 120_000 }
  const claim = { drivers: ['simulated'], limit: 20, lease, now: after(0) }
  await inTransaction(req, () => claimAttempts(req, claim))
}

describe('a process that ends', () => {
  it('before its claim is committed has changed nothing', async () => {
    const req = await createLocalReq({}, product.payload)
    const lease = { token: 'gone', ms: 120_000 }
    const ended = inTransaction(req, async () => {
      await claimAttempts(req, { drivers: ['simulated'], limit: 20, lease, now: after(0) })
      throw new Error('ended')
    })
    await expect(ended).rejects.toThrow('ended')
    expect(await funds()).toEqual(IN_HELD)
    expect(await read()).toMatchObject({ status: 'approved', attempts: [] })
  })

  it('before it calls the provider leaves an attempt that is looked up, and sent once with its key', async () => {
    await claimAndEnd()
    expect(await read()).toMatchObject({ status: 'sent', attempts: [{ status: 'sending' }] })
    expect(await funds()).toEqual(PAID)
    expect(await lookUp(product, after(1))).toEqual({ attempts: 0, failures: 0 })
    await endLeases()
    await lookUp(product, after(3))
    const { attempts, status } = await read()
    expect([status, bank.looked, bank.sent.map(({ key }) => key)]).toEqual([
      'settled',
      [attempts[0]?.key],
      [attempts[0]?.key],
    ])
  })

  it('after the provider took the order leaves one that the look-up finds, and does not send again', async () => {
    bank.script.send = () => {
      throw new Error('ended')
    }
    expect(await pay(product, after(0))).toEqual({ attempts: 1, failures: 1 })
    bank.script.lookUp = () => report('settled', { bankReference: 'UTR1' })
    await endLeases()
    await lookUp(product, after(3))
    expect(bank.sent).toHaveLength(1)
    expect(await read()).toMatchObject({ status: 'settled', attempts: [{ number: 1 }] })
    expect(await funds()).toEqual(PAID)
  })

  it('while its answer is stored leaves one that the next look-up stores', async () => {
    await claimAndEnd()
    await endLeases()
    bank.script.lookUp = () => {
      throw new Error('ended')
    }
    expect(await lookUp(product, after(3))).toMatchObject({ failures: 1 })
    bank.script.lookUp = () => report('failed', { remedy: 'never', code: 'closed' })
    await endLeases()
    await lookUp(product, after(6))
    expect(await read()).toMatchObject({ status: 'failed' })
    expect(await funds()).toEqual(BACK)
  })

  it('and comes back late sends nothing once another process has the attempt', async () => {
    const scripted = openScripted()
    use(scripted)
    // The first process is stopped before its turn; meanwhile its lease ends and the payment fails.
    const { script } = scripted
    scripted.driver.maxPerSecond = 1_000
    const other = await createPayee(product)
    const second = await createWithdrawal(product, other)
    await approve(product, finance.id, [second])
    script.send = async (order) => {
      if (order.recipient.memberId !== member.id) return answers.report('settled')
      script.send = () => answers.report('settled')
      const [late] = (await readWithdrawal(product, second)).attempts
      await applyReport(product, late?.key ?? '', 'failed', { remedy: 'never' })
      return answers.report('settled')
    }
    await pay(product, after(5))
    expect(scripted.sent).toHaveLength(1)
    expect(await readWithdrawal(product, second)).toMatchObject({ status: 'failed' })
    expect(await readFunds(product, other.member.id)).toEqual(BACK)
  })
})

describe('an order that certainly did not arrive', () => {
  it('is sent again later with its key, each time later, within one attempt', async () => {
    bank.script.send = () => answers.notSent()
    await pay(product, after(0))
    expect(await read()).toMatchObject({ status: 'sent', attempts: [{ status: 'sending' }] })
    for (const [minutes, count] of [
      [0.4, 1],
      [0.6, 2],
      [1.2, 2],
      [1.7, 3],
      [3.5, 3],
      [4, 4],
    ] as const) {
      await lookUp(product, after(minutes))
      expect([minutes, bank.sent.length]).toEqual([minutes, count])
    }
    bank.script.send = () => answers.report('settled')
    await lookUp(product, after(60))
    expect(new Set(bank.sent.map(({ key }) => key)).size).toBe(1)
    expect(await read()).toMatchObject({ status: 'settled', attempts: [{ number: 1 }] })
  })

  it('follows the time that the provider names', async () => {
    bank.script.send = () => answers.notSent(600_000)
    await pay(product, after(0))
    await lookUp(product, after(9))
    expect(bank.sent).toHaveLength(1)
    await lookUp(product, after(11))
    expect(bank.sent).toHaveLength(2)
  })

  it('too often fails its attempt, and the next one has a new key and a new debit', async () => {
    bank.script.send = () => answers.notSent()
    await pay(product, after(0))
    for (let hour = 1; hour <= 9; hour += 1) await lookUp(product, after(hour * 120))
    expect(await read()).toMatchObject({ status: 'approved', attempts: [{ status: 'failed' }] })
    expect(await funds()).toEqual(IN_HELD)
    bank.script.send = () => answers.report('settled')
    await pay(product, after(30 * 60))
    const { attempts, status } = await read()
    expect([status, attempts.map((attempt) => attempt.status)]).toEqual([
      'settled',
      ['failed', 'settled'],
    ])
    expect(attempts[0]?.key).not.toBe(attempts[1]?.key)
    expect(await funds()).toEqual(PAID)
  })

  it.each(['not-found', 'no-look-up'])(
    'of an attempt in doubt (%s) proves nothing of its first request: it stays in doubt',
    async (kind) => {
      bank.script.send = () => answers.report('unknown', { code: 'timeout' })
      await pay(product, after(0))
      bank.script.lookUp = () =>
        kind === 'not-found' ? report('not-found') : report('unknown', { code: 'no-look-up' })
      bank.script.send = () => answers.notSent()
      for (let day = 1; day <= 12; day += 1) await lookUp(product, after(day * 1_440))
      expect(bank.sent.length).toBeGreaterThan(9)
      expect(await read()).toMatchObject({
        status: 'in-doubt',
        attempts: [{ status: 'in-doubt' }],
      })
      expect(await funds()).toEqual(PAID)
    },
  )

  it('of a process that ended at a provider without look-ups never fails', async () => {
    await claimAndEnd()
    await endLeases()
    bank.script.lookUp = () => report('unknown', { code: 'no-look-up' })
    bank.script.send = () => answers.notSent()
    for (let day = 0; day <= 12; day += 1) await lookUp(product, after(3 + day * 1_440))
    expect(await read()).toMatchObject({ status: 'sent', attempts: [{ status: 'sending' }] })
    expect(await funds()).toEqual(PAID)
  })
})

describe('an attempt in doubt', () => {
  beforeEach(async () => {
    bank.script.send = () => answers.report('unknown', { code: 'timeout' })
    await pay(product, after(0))
  })

  it('returns no money, and its withdrawal says so', async () => {
    expect(await read()).toMatchObject({ status: 'in-doubt', attempts: [{ status: 'in-doubt' }] })
    expect(await funds()).toEqual(PAID)
  })

  it('is sent again with its key after a look-up that finds nothing', async () => {
    bank.script.send = () => answers.report('pending')
    await lookUp(product, after(2))
    const { attempts, status } = await read()
    expect([status, bank.sent.map(({ key }) => key)]).toEqual([
      'sent',
      [attempts[0]?.key, attempts[0]?.key],
    ])
  })

  it('is not sent again where a repeat is not recognised, and waits for a person', async () => {
    const repeatless = openScripted({ isRepeatSafe: false })
    use(repeatless)
    await lookUp(product, after(2))
    expect([repeatless.looked.length, repeatless.sent.length]).toEqual([1, 0])
    expect(await read()).toMatchObject({ status: 'in-doubt' })
  })

  it('is not sent again once the provider forgets keys', async () => {
    const forgetful = openScripted({ lifetimeDays: 7 })
    forgetful.script.send = () => answers.report('unknown')
    use(forgetful)
    await lookUp(product, after(6 * 1_440 - 10))
    expect(forgetful.sent).toHaveLength(1)
    use(openScripted({ lifetimeDays: 7 }))
    bank.script.send = () => answers.report('settled')
    await lookUp(product, after(6 * 1_440 + 400))
    expect([bank.looked.length, bank.sent.length]).toEqual([1, 0])
  })
})

describe('a failed attempt', () => {
  it('with advice to try later is followed by new attempts with new keys and debits, then fails', async () => {
    bank.script.send = () => answers.report('failed', { remedy: 'later', code: 'bank-down' })
    await pay(product, after(0))
    expect(await read()).toMatchObject({ status: 'approved' })
    expect(await funds()).toEqual(IN_HELD)
    for (const [minutes, count] of [
      [14, 1],
      [16, 2],
      [130, 2],
      [140, 3],
      [800, 3],
      [900, 4],
      [9_000, 4],
    ] as const) {
      await pay(product, after(minutes))
      expect([minutes, bank.sent.length]).toEqual([minutes, count])
    }
    expect(new Set(bank.sent.map(({ key }) => key)).size).toBe(4)
    expect(await read()).toMatchObject({
      status: 'failed',
      reason: 'The payment failed. (bank-down)',
    })
    expect(await funds()).toEqual(BACK)
  })

  it('for a reason of ours is tried every hour, 24 times', async () => {
    bank.script.send = () => answers.report('failed', { remedy: 'operator', code: 'low-balance' })
    for (let hour = 0; hour < 23; hour += 1) await pay(product, after(hour * 61))
    expect(await read()).toMatchObject({ status: 'approved' })
    expect(await pay(product, after(22 * 61 + 30))).toEqual({ attempts: 0, failures: 0 })
    await pay(product, after(24 * 61))
    const { attempts, status } = await read()
    expect([status, attempts.length]).toEqual(['failed', 24])
    expect(await funds()).toEqual(BACK)
  })

  it.each(['fix', 'never', null] as const)(
    'with the advice %s gives the money back at once',
    async (remedy) => {
      bank.script.send = () => answers.report('failed', { remedy })
      await pay(product, after(0))
      expect(await read()).toMatchObject({ status: 'failed', attempts: [{ status: 'failed' }] })
      expect(await funds()).toEqual(BACK)
    },
  )
})

describe('no attempt is made', () => {
  it.each([
    ['of a wallet below zero', () => setWallet('balance_minor = -1')],
    ['of a frozen wallet', () => setWallet('frozen_at = now()')],
    [
      'of a member under review',
      () => product.sql(`update users set review_reason = 'x' where id = '${member.id}'`),
    ],
  ])('%s, and one is made afterwards', async (_case, arrange) => {
    await arrange()
    expect(await pay(product, after(0))).toEqual({ attempts: 0, failures: 0 })
    await setWallet('balance_minor = 40000, frozen_at = null')
    await product.sql(`update users set review_reason = null where id = '${member.id}'`)
    expect(await pay(product, after(0))).toEqual({ attempts: 1, failures: 0 })
  })
  const setWallet = (set: string) =>
    product.sql(`update wallets set ${set}
      where owner_id = '${member.id}' and kind = 'available'`)

  it('by a driver that is not set up', async () => {
    const drivers = findPayouts(product.payload).drivers as Map<string, unknown>
    drivers.delete('simulated')
    expect(await pay(product, after(0))).toEqual({ attempts: 0, failures: 0 })
    use(bank)
    expect(await pay(product, after(0))).toEqual({ attempts: 1, failures: 0 })
  })
})

it('ten processes that pay at once make one attempt for each withdrawal', async () => {
  const others = await Promise.all(Array.from({ length: 30 }, () => createPayee(product)))
  const ids: string[] = []
  for (const other of others) ids.push(await createWithdrawal(product, other))
  await approve(product, finance.id, ids)
  await Promise.all(Array.from({ length: 10 }, () => pay(product, after(5))))
  expect(bank.sent).toHaveLength(31)
  expect(new Set(bank.sent.map(({ recipient }) => recipient.memberId)).size).toBe(31)
})

it('a look-up by a person stores its answer, with an Idempotency-Key as well', async () => {
  bank.script.send = () => answers.report('pending')
  await pay(product, after(0))
  bank.script.lookUp = () => report('settled')
  const authorization = await signIn(product.payload, finance)
  const answer = await product.rest('POST', `/api/withdrawals/${id}/look-up`, {
    authorization,
    headers: { 'Idempotency-Key': 'look-1' },
  })
  expect(answer).toMatchObject({ status: 200, body: { status: 'settled' } })
  expect(await read()).toMatchObject({ status: 'settled' })
})
