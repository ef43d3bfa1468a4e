import { createLocalReq } from 'payload'
import { renderToStaticMarkup } from 'react-dom/server'

import type { User, WalletTransaction } from '../../../../src/payload-types.ts'
import { createMachine, createUser, signIn } from '../../../../test/support/factories.ts'
import { setDriver, setPayoutRules } from '../../../../test/support/payoutFactories.ts'
import {
  answers,
  applyReport,
  approve,
  createPayee,
  createWithdrawal,
  openScripted,
  pay,
  readWithdrawal,
} from '../../../../test/support/payoutSteps.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'
import { ExplainTransfer } from '../../../referrals/admin/explain/ExplainTransfer.tsx'
import { MemberStatement } from '../../../wallets/admin/MemberStatement.tsx'

let product: Product
let [member, finance, support] = [] as unknown as [User, User, User]
let [id, asMember, reference] = ['', '', '']
const bank = openScripted()

beforeAll(async () => {
  product = await startProduct()
  setDriver(product.payload, bank.driver)
  await setPayoutRules(product, [{ fee_fixed_minor: 500 }])
  finance = await createUser(product.payload, { role: 'finance', name: 'Farah' })
  support = await createUser(product.payload, { role: 'support' })
  const payee = await createPayee(product)
  member = payee.member
  asMember = await signIn(product.payload, member)
  id = await createWithdrawal(product, payee)
  await approve(product, finance.id, [id])
  bank.script.send = () => answers.report('pending')
  await pay(product, new Date(Date.now() + 1_000))
  const key = (await readWithdrawal(product, id)).attempts[0]?.key ?? ''
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000)
  await applyReport(product, key, 'settled', { now: at(1), bankReference: 'UTR77' })
  const detail = 'the account is closed'
  await applyReport(product, key, 'returned', { now: at(2), code: 'closed', detail, remedy: 'fix' })
  const [row] = await product.sql<{ reference: string }>(
    `select reference from withdrawals where id = '${id}'`,
  )
  reference = row?.reference ?? ''
})
afterAll(() => product.close())

type Story = Record<string, unknown> & {
  attempts: Record<string, unknown>[]
  states: { status: string }[]
  transfers: { id: string; kind: string; words: string }[]
}
const explain = (authorization?: string, path = `/api/withdrawals/${id}/explain`) =>
  product.rest<Story>('GET', path, { authorization })

it('a member reads amounts, states, attempts and what to do, without the provider', async () => {
  const { body, status } = await explain(asMember)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    status: 'returned',
    grossMinor: 60_000,
    feeMinor: 500,
    deductionMinor: 0,
    netMinor: 59_500,
    method: expect.stringContaining('•'),
    bankReference: 'UTR77',
    reason: 'the account is closed',
    lines: [
      { kind: 'gross', amountMinor: 60_000 },
      { kind: 'fee', amountMinor: -500 },
      { kind: 'net', amountMinor: 59_500 },
    ],
  })
  expect(body.words).toContain(
    `Withdrawal ${reference} of ₹600.00, less a fee of ₹5.00, is ₹595.00`,
  )
  expect(body.words).toContain('The bank returned it')
  expect(body.states.map((state) => state.status)).toEqual([
    'requested',
    'approved',
    'sent',
    'settled',
    'returned',
  ])
  expect(Object.keys(body.attempts[0] ?? {}).sort()).toEqual(
    [
      'bankReference',
      'createdAt',
      'failedAt',
      'number',
      'returnedAt',
      'settledAt',
      'status',
    ].sort(),
  )
  expect(JSON.stringify(body)).not.toMatch(/simulated|Farah/)
})

it('staff reads the provider, its code and who approved it as well', async () => {
  const { body } = await explain(await signIn(product.payload, support))
  expect(body).toMatchObject({
    member: { id: member.id, name: 'Asha Rao' },
    approvals: [{ name: 'Farah', round: 1 }],
    attempts: [{ driver: 'simulated', code: 'closed' }],
  })
})

it('others read nothing: another member, a machine and a stranger', async () => {
  const stranger = await signIn(product.payload, await createUser(product.payload))
  expect((await explain(stranger)).status).toBe(404)
  expect((await explain(await createMachine(product.payload, ['members:read']))).status).toBe(401)
  expect((await explain()).status).toBe(401)
  const nowhere = '/api/withdrawals/00000000-0000-7000-8000-000000000001/explain'
  expect((await explain(asMember, nowhere)).status).toBe(404)
})

it('each transfer of it is explained to its member by the withdrawal', async () => {
  const { body } = await explain(asMember)
  expect(body.transfers.map(({ words }) => words)).toEqual([
    `Withdrawal ${reference} requested`,
    `Withdrawal ${reference} sent to the bank`,
    `Fee of withdrawal ${reference}`,
    `Withdrawal ${reference} came back`,
    `Withdrawal ${reference} came back`,
    `Withdrawal ${reference} returned by the bank`,
  ])
  const stranger = await signIn(product.payload, await createUser(product.payload))
  for (const transfer of body.transfers) {
    const path = `/api/wallet-transactions/${transfer.id}/explain`
    const own = await explain(asMember, path)
    expect(own).toMatchObject({
      status: 200,
      body: { reference, transfer: { kind: transfer.kind } },
    })
    expect((await explain(stranger, path)).status).toBe(404)
  }
})

it('the statement names its transfers, as JSON, CSV and for the staff', async () => {
  const path = '/api/billing/wallet/statement?currency=INR'
  const { body } = await product.rest<{ moves: { links: object; kind: string }[] }>('GET', path, {
    authorization: asMember,
  })
  expect(body.moves.filter(({ kind }) => kind.startsWith('withdrawal'))).toMatchObject([
    { kind: 'withdrawal', links: { withdrawal: id } },
    { kind: 'withdrawal-release', links: { withdrawal: id } },
  ])
  const csv = await product.raw('GET', `${path}&format=csv`, { authorization: asMember })
  const [head = '', ...lines] = (await csv.text()).split('\r\n')
  const column = head.split(',').indexOf('Withdrawal')
  expect(lines.filter((line) => line.split(',')[column] === id)).toHaveLength(2)

  const req = await createLocalReq(
    { user: { ...support, collection: 'users' }, req: { query: {} } },
    product.payload,
  )
  const html = renderToStaticMarkup(await MemberStatement({ memberId: member.id, req }))
  expect(html).toContain(`Withdrawal ${reference} requested`)
  expect(html).toContain(`Withdrawal ${reference} returned by the bank`)
  expect(html).toContain(`/collections/withdrawals/${id}`)
})

it('the tab of a transfer explains it to the staff', async () => {
  const req = await createLocalReq({ user: { ...support, collection: 'users' } }, product.payload)
  const { docs } = await product.payload.find({
    collection: 'wallet-transactions',
    where: { and: [{ withdrawal: { equals: id } }, { kind: { equals: 'payout-fee' } }] },
    depth: 0,
  })
  const transfer = docs[0] as WalletTransaction
  const html = renderToStaticMarkup(await ExplainTransfer({ req, transfer }))
  expect(html).toContain(`Fee of withdrawal ${reference}`)
  expect(html).toContain('The bank returned it')
})
