import { setTimeout as wait } from 'node:timers/promises'

import { formatMoney } from '../domain/money.ts'
import { api } from './api.ts'
import { type BankEntry, findBankEntry, waitForCode, waitForMessages } from './providers.ts'

type Call = ReturnType<typeof api>
type Person = { authorization: string }
type Method = { id: string; display: string; status: string }
type Requested = {
  id: string
  reference: string
  grossMinor: number
  feeMinor: number
  netMinor: number
}
type Withdrawal = { status: string; bankReference?: string | null }

const MEMBER = { email: 'suresh.rao@example.in', phone: '+919845066620' }
const ACCOUNT = { kind: 'upi', vpa: 'suresh.rao@okaxis', holderName: 'Suresh Rao' }
/** More than one person approves alone. */
const GROSS_MINOR = 600_00
const TIMEOUT_MS = 90_000

/**
 * Plays a withdrawal over HTTP and prints each step: a member confirms a payout method by a code,
 * requests money, two of the staff approve, a worker pays at the simulated bank, its webhook settles
 * the withdrawal, and the member is notified.
 */
export const playWithdrawalStory = async ({
  baseUrl,
  password,
  say,
  simulatorUrl,
}: {
  baseUrl: string
  password: string
  say: (line: string) => void
  simulatorUrl: string
}): Promise<void> => {
  const call = api(baseUrl)
  const signIn = async (email: string): Promise<Person> => {
    const { token } = await call<{ token: string }>('POST', '/api/users/login', {
      body: { email, password },
    })
    return { authorization: `JWT ${token}` }
  }
  const member = await signIn(MEMBER.email)
  const method = await prepareMethod({ call, member, say, simulatorUrl })

  const since = new Date()
  const withdrawal = await call<Requested>('POST', '/api/withdrawals', {
    ...member,
    body: { amountMinor: GROSS_MINOR, currency: 'INR', method: method.id },
  })
  const { feeMinor, grossMinor, id, netMinor, reference } = withdrawal
  say(
    `Suresh requests ${money(grossMinor)} (POST /api/withdrawals): ${money(feeMinor)} fee, ${money(netMinor)} to ${method.display}. It is ${reference}, and its money is held.`,
  )
  const admin = await signIn('admin@example.in')
  await approve(call, await signIn('finance@example.in'), id)
  say(
    'Arvind of finance approves it (POST /api/withdrawals/:id/approve): a second person is needed.',
  )
  await approve(call, admin, id)
  say('Meera, an admin, approves it too.')

  await call('POST', '/api/v1/queue/jobs/pay-withdrawals/run', { ...admin, body: {} })
  const entry = await untilPaid(simulatorUrl, since)
  say(
    `A worker pays it at the simulated bank: ${money(entry.amountMinor)} left, bank reference ${entry.bankReference ?? ''} (${simulatorUrl}/bank).`,
  )
  const settled = await untilSettled(call, member, id)
  say(`The bank's webhook arrives, and ${reference} is ${settled.status}.`)
  for (const { kind, text, to } of await waitForMessages(simulatorUrl, { ...MEMBER, since })) {
    say(`${kind} reaches ${to}: “${text}”`)
  }
}

type Preparing = { call: Call; member: Person; say: (line: string) => void; simulatorUrl: string }

/** Returns the method that the member has, or adds and confirms one. */
const prepareMethod = async ({ call, member, say, simulatorUrl }: Preparing): Promise<Method> => {
  const { docs } = await call<{ docs: Method[] }>('GET', '/api/payout-methods?limit=20', member)
  const active = docs.find(({ status }) => status === 'active')
  if (active) {
    say(`Suresh's payout method is ${active.display}, confirmed before.`)
    return active
  }
  const unverified = docs.find(({ status }) => status === 'unverified')
  const method =
    unverified ?? (await call<Method>('POST', '/api/payout-methods', { ...member, body: ACCOUNT }))
  say(`Suresh adds a payout method, ${method.display} (POST /api/payout-methods).`)
  const since = new Date()
  await call('POST', `/api/payout-methods/${method.id}/send-code`, { ...member, body: {} })
  const code = await waitForCode(simulatorUrl, MEMBER.phone, since)
  await call('POST', `/api/payout-methods/${method.id}/confirm`, { ...member, body: { code } })
  say(`A code reaches ${MEMBER.phone}; he confirms it (POST /api/payout-methods/:id/confirm).`)
  return method
}

const approve = (call: Call, person: Person, id: string) =>
  call('POST', `/api/withdrawals/${id}/approve`, { ...person, body: {} })

const money = (amountMinor: number): string => formatMoney(amountMinor, 'INR')

/** Waits until the money of the newest payment has left the bank. */
const untilPaid = (simulatorUrl: string, since: Date): Promise<BankEntry> =>
  until('The bank has not paid yet.', async () => {
    const entry = await findBankEntry(simulatorUrl, since)
    return entry?.state === 'settled' ? entry : null
  })

const untilSettled = (call: Call, member: Person, id: string): Promise<Withdrawal> =>
  until('The withdrawal is not settled yet.', async () => {
    const found = await call<Withdrawal>('GET', `/api/withdrawals/${id}`, member)
    return found.status === 'settled' ? found : null
  })

const until = async <Found>(problem: string, find: () => Promise<Found | null>): Promise<Found> => {
  const deadline = Date.now() + TIMEOUT_MS
  for (;;) {
    const found = await find()
    if (found !== null) return found
    if (Date.now() > deadline) throw new Error(problem)
    await wait(200)
  }
}
