import type { User } from '../../payload-types.ts'
import { createUser, readBalance, signIn } from '../../../test/support/factories.ts'
import { setDriver, setPayoutRules } from '../../../test/support/payoutFactories.ts'
import { createPayee, lookUp, pay, readFunds } from '../../../test/support/payoutSteps.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { useSimulator } from '../../../test/support/useSimulator.ts'
import { openSimulated } from '../drivers/simulated.ts'

const simulator = useSimulator()
let product: Product
let member: User
let [asMember, asFinance, method] = ['', '', '']

beforeAll(async () => {
  product = await startProduct()
  await setPayoutRules(product, [{}])
  setDriver(
    product.payload,
    openSimulated({
      baseUrl: `${simulator.url()}/simulated-bank`,
      apiKey: 'key',
      privateHosts: 'any',
    }),
  )
  asFinance = await signIn(product.payload, await createUser(product.payload, { role: 'finance' }))
})
afterAll(() => product.close())
beforeEach(async () => {
  ;({ member, method } = await createPayee(product))
  asMember = await signIn(product.payload, member)
})

const request = (amountMinor: number) =>
  product.rest<{ id: string; status: string; errors?: { code: string }[] }>(
    'POST',
    '/api/withdrawals',
    { authorization: asMember, body: { amountMinor, currency: 'INR', method } },
  )
const approve = (id: string) =>
  product.rest('POST', `/api/withdrawals/${id}/approve`, { authorization: asFinance })

it('a request holds the gross amount with its row', async () => {
  const { body, status } = await request(60_000)
  expect(body).toMatchObject({ status: 'requested', grossMinor: 60_000, netMinor: 60_000 })
  expect(status).toBe(201)
  expect(await readBalance(product.payload, member.id)).toBe(40_000)
  const second = await request(60_000)
  expect(second).toMatchObject({
    status: 409,
    body: { errors: [{ code: 'withdrawal.insufficient', field: 'amountMinor' }] },
  })
})

it('finance approves it, and a cancellation before that returns the money', async () => {
  const { body } = await request(60_000)
  expect(await approve(body.id)).toMatchObject({ status: 200, body: { status: 'approved' } })
  const other = await request(10_000)
  const cancelled = await product.rest('POST', `/api/withdrawals/${other.body.id}/cancel`, {
    authorization: asMember,
  })
  expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled' } })
  expect(await readBalance(product.payload, member.id)).toBe(40_000)
})

it('an approved withdrawal is paid once by its driver and settles when the provider reports it', async () => {
  const { body } = await request(60_000)
  await approve(body.id)
  await pay(product)
  expect(await pay(product)).toEqual({ attempts: 0, failures: 0 })
  const readStatuses = () =>
    product.sql(`
      select w.status::text as withdrawal, a.status::text as attempt
      from withdrawals w join payout_attempts a on a.withdrawal_id = w.id
      where w.id = '${body.id}'`)
  expect(await readStatuses()).toEqual([{ withdrawal: 'sent', attempt: 'sent' }])
  const [attempt] = await product.sql<{ key: string }>(
    `select key from payout_attempts where withdrawal_id = '${body.id}'`,
  )
  const { payout } = await simulator.control<{ payout: { paidCount: number } }>('/payouts/settle', {
    key: attempt?.key,
  })
  expect(payout.paidCount).toBe(1)
  await lookUp(product, new Date(Date.now() + 120_000))
  expect(await readStatuses()).toEqual([{ withdrawal: 'settled', attempt: 'settled' }])
  const funds = { available: 40_000, held: 0, payouts: 60_000, fees: 0, tax: 0 }
  expect(await readFunds(product, member.id)).toEqual(funds)
})
