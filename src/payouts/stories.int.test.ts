import { signIn, createUser } from '../../test/support/factories.ts'
import {
  type Provider,
  PROVIDERS,
  usePayoutProviders,
} from '../../test/support/usePayoutProviders.ts'
import { verifyWallets } from '../ledger/verification/verifyWallets.ts'

const providers = usePayoutProviders()
const { apply, approve, lookUp, move, pay, read, request, simulator } = providers

type Story = {
  name: Provider
  /** How the provider’s news arrives: PayPal announces no reversal, and Tremendous nothing. */
  news: { settled: News; failed: News; returned: News }
  failure: string
}
type News = 'poll' | 'webhook'
const BY_WEBHOOK = { settled: 'webhook', failed: 'webhook', returned: 'webhook' } as const

const STORIES: Story[] = [
  { name: 'razorpayx', news: BY_WEBHOOK, failure: 'beneficiary_account_invalid' },
  { name: 'cashfree', news: BY_WEBHOOK, failure: 'INVALID_BENE_ACCOUNT_OR_IFSC' },
  {
    name: 'paypal',
    news: { ...BY_WEBHOOK, returned: 'poll' },
    failure: 'RECEIVER_ACCOUNT_LOCKED',
  },
  { name: 'simulated', news: BY_WEBHOOK, failure: 'account_invalid' },
]

/** Requested by the member, approved by two people and sent, with what each of them saw. */
const sendWithdrawal = async (name: Provider) => {
  const { rest, sql } = providers.product()
  const withdrawal = await request(name)
  expect(await read(withdrawal)).toMatchObject({ available: 40_000, held: 60_000 })
  expect(await approve(withdrawal.id)).toEqual(['requested', 'approved'])
  await pay()
  const [attempt] = await sql<{ key: string }>(
    `select key from payout_attempts where withdrawal_id = '${withdrawal.id}'`,
  )
  const { body } = await rest('GET', `/api/withdrawals/${withdrawal.id}?depth=0`, {
    authorization: withdrawal.asMember,
  })
  return { ...withdrawal, key: attempt?.key ?? '', seen: body }
}

const receive = async (news: News) => {
  if (news === 'webhook') {
    await apply()
    return
  }
  expect(await providers.events()).toEqual([])
  await lookUp(new Date(Date.now() + 26 * 3_600_000))
}

type Move = { kind: string; inMinor: number; outMinor: number }
/** The moves of the member’s statement of available money, oldest first, and what it ends with. */
const readStatement = async (name: Provider, authorization: string) => {
  const path = `/api/billing/wallet/statement?currency=${PROVIDERS[name].currency}`
  const { body } = await providers
    .product()
    .rest<{ moves: Move[]; closingMinor: number }>('GET', path, { authorization })
  return body
}

const verifyBooks = async () => {
  const { problems } = await verifyWallets(providers.product().payload, { now: new Date() })
  expect(problems).toEqual([])
}

describe.each(STORIES)('a withdrawal paid by $name', ({ failure, name, news }) => {
  it('is requested, approved by two people, sent and settled, and the statement shows it', async () => {
    const withdrawal = await sendWithdrawal(name)
    expect(withdrawal.seen).toMatchObject({ status: 'sent' })
    await move('settle', withdrawal)
    await receive(news.settled)
    const settled = { status: 'settled', attempt: 'settled', available: 40_000, held: 0 }
    expect(await read(withdrawal)).toMatchObject(settled)
    const statement = await readStatement(name, withdrawal.asMember)
    expect(statement).toMatchObject({ closingMinor: 40_000 })
    expect(statement.moves).toMatchObject([
      { kind: 'commission', inMinor: 100_000 },
      { kind: 'withdrawal', outMinor: 60_000 },
    ])
    await verifyBooks()
  })

  it('that fails gives the money back with the reason, and the statement shows it', async () => {
    const withdrawal = await sendWithdrawal(name)
    await move('fail', { key: withdrawal.key, reason: failure })
    await receive(news.failed)
    const failed = { status: 'failed', attempt: 'failed', available: 100_000, held: 0 }
    expect(await read(withdrawal)).toMatchObject(failed)
    const { body } = await providers
      .product()
      .rest('GET', `/api/withdrawals/${withdrawal.id}?depth=0`, {
        authorization: withdrawal.asMember,
      })
    expect(body).toMatchObject({ status: 'failed' })
    expect(body.reason).toEqual(expect.any(String))
    expect(body.advice).toMatch(/^Check your payout method/)
    const { closingMinor, moves } = await readStatement(name, withdrawal.asMember)
    expect(closingMinor).toBe(100_000)
    expect(moves.map(({ inMinor, outMinor }) => inMinor - outMinor)).toEqual([
      100_000, -60_000, 60_000,
    ])
    await verifyBooks()
  })

  it('that the bank returns after it settled gives the money back once', async () => {
    const withdrawal = await sendWithdrawal(name)
    await move('settle', withdrawal)
    await receive(news.settled)
    await providers.product().sql('delete from inbound_events')
    await move('reverse', withdrawal)
    await receive(news.returned)
    const returned = { status: 'returned', attempt: 'returned', available: 100_000, held: 0 }
    expect(await read(withdrawal)).toMatchObject(returned)
    await move('announce', withdrawal)
    await apply()
    await lookUp(new Date(Date.now() + 60 * 3_600_000))
    expect(await read(withdrawal)).toMatchObject(returned)
    const { moves } = await readStatement(name, withdrawal.asMember)
    expect(moves.map(({ inMinor, outMinor }) => inMinor - outMinor)).toEqual([
      100_000, -60_000, 60_000,
    ])
    await verifyBooks()
  })
})

describe('a withdrawal as a gift card by Tremendous', () => {
  const CARDS = (id: string) => `/api/withdrawals/${id}/cards`

  it('settles when it is polled, and its member alone reads the card', async () => {
    const { payload, rest, sql } = providers.product()
    const withdrawal = await sendWithdrawal('tremendous')
    await move('settle', withdrawal)
    await lookUp()
    expect(await read(withdrawal)).toMatchObject({ status: 'settled', available: 40_000, held: 0 })

    const { body } = await rest<{ cards: { url: string; faceMinor: number }[] }>(
      'GET',
      CARDS(withdrawal.id),
      { authorization: withdrawal.asMember },
    )
    const [card] = body.cards
    expect(card).toMatchObject({ label: 'Link', faceMinor: 60_000 })
    expect(card?.url).toMatch(/^https:\/\/testflight\.tremendous\.com\/rewards\/payout\/\w+$/)

    const { asAdmin, asFinance } = providers.asStaff()
    const support = await createUser(payload, { role: 'support' })
    const other = await createUser(payload)
    const others = [
      asFinance,
      asAdmin,
      await signIn(payload, support),
      await signIn(payload, other),
    ]
    for (const authorization of [...others, '']) {
      const answer = await rest('GET', CARDS(withdrawal.id), { authorization })
      expect([401, 403, 404]).toContain(answer.status)
      expect(JSON.stringify(answer.body)).not.toContain(card?.url)
    }
    for (const path of ['withdrawals', 'payout-attempts', 'inbound-events', 'audit-logs']) {
      const answer = await rest('GET', `/api/${path}?depth=2&limit=100`, { authorization: asAdmin })
      expect(JSON.stringify(answer.body)).not.toContain(card?.url)
    }
    const [attempt] = await sql<{ sealed: string }>(
      `select sealed_cards as sealed from payout_attempts where key = '${withdrawal.key}'`,
    )
    expect(attempt?.sealed).not.toContain('tremendous')
    await verifyBooks()
  })

  it('that the supplier refuses for its product gives the money back', async () => {
    const account = { ...PROVIDERS.tremendous.account, product: 'NOTOFFERED00' }
    const withdrawal = await request('tremendous', account)
    await approve(withdrawal.id)
    await pay()
    const failed = { status: 'failed', attempt: 'failed', available: 100_000, held: 0 }
    expect(await read(withdrawal)).toMatchObject(failed)
    await verifyBooks()
  })

  it('that the supplier cancels after it settled gives the money back once', async () => {
    const withdrawal = await sendWithdrawal('tremendous')
    await move('settle', withdrawal)
    await lookUp()
    await move('reverse', withdrawal)
    await lookUp(new Date(Date.now() + 26 * 3_600_000))
    await lookUp(new Date(Date.now() + 60 * 3_600_000))
    const returned = { status: 'returned', attempt: 'returned', available: 100_000, held: 0 }
    expect(await read(withdrawal)).toMatchObject(returned)
    await verifyBooks()
  })
})

it('an order that the provider took and did not answer is found by a look-up and paid once', async () => {
  await simulator.control('/faults', { provider: 'simulated', fault: 'accepted-and-cut', times: 1 })
  const withdrawal = await sendWithdrawal('simulated')
  expect(await read(withdrawal)).toMatchObject({ status: 'in-doubt', attempt: 'in-doubt' })
  await move('settle', withdrawal)
  await apply()
  expect(await read(withdrawal)).toMatchObject({ status: 'settled', available: 40_000, held: 0 })
  const { payouts } = await simulator.control<{ payouts: { paidCount: number }[] }>('/payouts')
  expect(payouts.map(({ paidCount }) => paidCount)).toEqual([1])
})
