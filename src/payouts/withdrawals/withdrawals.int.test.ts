import type { User } from '../../payload-types.ts'
import { createUser, readBalance, signIn } from '../../../test/support/factories.ts'
import {
  createMethod,
  creditMember,
  setDriver,
  setPayoutRules,
} from '../../../test/support/payoutFactories.ts'
import { useSimulator } from '../../../test/support/useSimulator.ts'
import { openSimulated } from '../drivers/simulated.ts'
import { lookUpDue, payDue } from '../attempts/payDue.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'

const simulator = useSimulator()
let product: Product
let [member, finance] = [] as unknown as [User, User]
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
  finance = await createUser(product.payload, { role: 'finance' })
  asFinance = await signIn(product.payload, finance)
})
afterAll(() => product.close())
beforeEach(async () => {
  member = await createUser(product.payload, { name: 'Asha Rao' })
  asMember = await signIn(product.payload, member)
  method = await createMethod(product, { member: member.id })
  await creditMember(product.payload, { member: member.id, amountMinor: 100_000 })
})

const request = (amountMinor: number) =>
  product.rest<{ id: string; status: string; errors?: { code: string }[] }>(
    'POST',
    '/api/withdrawals',
    {
      authorization: asMember,
      body: { amountMinor, currency: 'INR', method },
    },
  )

it('a request holds the gross amount with its row', async () => {
  const { body, status } = await request(60_000)
  expect(body).toMatchObject({ status: 'requested', grossMinor: 60_000, netMinor: 60_000 })
  expect(status).toBe(201)
  expect(await readBalance(product.payload, member.id)).toBe(40_000)
  const second = await request(60_000)
  expect(second).toMatchObject({
    status: 409,
    body: { errors: [{ code: 'withdrawal.insufficient' }] },
  })
})

it('an approval by finance approves it, and a cancellation returns the money before', async () => {
  const { body } = await request(60_000)
  const approve = (id: string) =>
    product.rest('POST', `/api/withdrawals/${id}/approve`, { authorization: asFinance })
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
  await product.rest('POST', `/api/withdrawals/${body.id}/approve`, { authorization: asFinance })
  const run = { payload: product.payload, now: new Date(), signal: AbortSignal.timeout(20_000) }
  await payDue(run)
  expect(await payDue(run)).toEqual({ attempts: 0, failures: 0 })
  const [attempt] = await product.sql<{ key: string; status: string }>(
    `select key, status from payout_attempts where withdrawal_id = '${body.id}'`,
  )
  expect(attempt?.status).toBe('sent')
  const later = new Date(Date.now() + 120_000)
  expect(await lookUpDue({ ...run, now: later })).toMatchObject({ failures: 0 })
})
