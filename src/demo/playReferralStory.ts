import { formatMoney } from '../domain/money.ts'
import { api } from './api.ts'
import { waitForMessages, waitForToken } from './providers.ts'

type Login = { token: string; user: { id: string } }
type Stats = {
  inviteCode: string
  earnings: { currency: string; availableMinor: number }[]
}
type Created = { doc: { id: string; email: string } }
type Explained = { status: string; words: string; amountMinor: number; currency: string }

const REFERRER = { email: 'ananya.iyer@example.in', phone: '+919820019082' }
const AMOUNT_MINOR = 12_345_678

/**
 * Plays the referral story over HTTP and prints each step: a member registers with another's invite
 * code, a payment completes, the referrer's wallet is credited, the reason can be read, and the
 * referrer is notified by mail and SMS.
 */
export const playReferralStory = async ({
  apiKey,
  baseUrl,
  password,
  say,
  simulatorUrl,
}: {
  apiKey: string
  baseUrl: string
  password: string
  say: (line: string) => void
  simulatorUrl: string
}): Promise<{ payerId: string }> => {
  const call = api(baseUrl)

  const login = await call<Login>('POST', '/api/users/login', {
    body: { email: REFERRER.email, password },
  })
  const referrer = { authorization: `JWT ${login.token}` }
  const before = await call<Stats>('GET', '/api/billing/affiliate/stats', referrer)
  say(`Ananya's invite code is ${before.inviteCode}; her wallet has ${available(before)}.`)

  const tag = Date.now().toString(36)
  const { doc: payer } = await call<Created>('POST', '/api/users', {
    body: {
      name: 'Riya Sen',
      email: `riya.${tag}@example.in`,
      password,
      referralCode: before.inviteCode.toLowerCase(),
    },
  })
  say(`Riya registers with that code (POST /api/users).`)
  const token = await waitForToken(simulatorUrl, payer.email)
  await call('POST', '/api/users/confirm-email', { body: { token } })
  say(`She opens the link in her mail (POST /api/users/confirm-email).`)

  const since = new Date()
  const payment = await pay(call, { apiKey, reference: `DEMO-${tag}`, user: payer.id })
  say(`Her payment of ${formatMoney(AMOUNT_MINOR, 'INR')} completes (PATCH /api/payments/:id).`)

  const explained = await call<Explained>('GET', `/api/payments/${payment.id}/explain`, referrer)
  const after = await call<Stats>('GET', '/api/billing/affiliate/stats', referrer)
  say(`Commission ${explained.status}: ${formatMoney(explained.amountMinor, explained.currency)}.`)
  say(`Ananya's wallet has ${available(after)} now.`)
  say(`Why (GET /api/payments/:id/explain): “${explained.words}”`)
  for (const { kind, text, to } of await waitForMessages(simulatorUrl, { ...REFERRER, since })) {
    say(`${kind} reaches ${to}: “${text}”`)
  }
  return { payerId: payer.id }
}

type Purchase = { apiKey: string; reference: string; user: string }

/** Acts as the payment processor: announces a payment, then completes it. */
const pay = async (
  call: ReturnType<typeof api>,
  { apiKey, reference, user }: Purchase,
): Promise<{ id: string }> => {
  const processor = { authorization: `service-accounts API-Key ${apiKey}` }
  const { doc } = await call<Created>('POST', '/api/payments', {
    ...processor,
    body: { reference, user, amountMinor: AMOUNT_MINOR, currency: 'INR' },
  })
  await call('PATCH', `/api/payments/${doc.id}`, { ...processor, body: { status: 'completed' } })
  return doc
}

const available = ({ earnings }: Stats): string => {
  const rupees = earnings.find(({ currency }) => currency === 'INR')
  return formatMoney(rupees?.availableMinor ?? 0, 'INR')
}
