import { setTimeout as wait } from 'node:timers/promises'

import { formatMoney } from '../domain/money.ts'
import { api } from './api.ts'
import { reportOrder, waitForMessages } from './providers.ts'

type Login = { token: string; user: { id: string } }
type Event = { id: string; status: string; amountMinor: number; currency: string }
type Found<Doc> = { docs: Doc[] }
type Call = ReturnType<typeof api>

const SHOPPER = { email: 'suresh.rao@example.in', phone: '+919845066620' }
const TRANSACTION = { saleMinor: 1_899_000, commissionMinor: 94_950, currency: 'INR' }
const TIMEOUT_MS = 30_000

/**
 * Plays the cashback story over HTTP and prints each step: a member clicks out to a merchant and
 * orders, the network reports the transaction, the merchant confirms it, the cashback is credited,
 * the reason can be read, and the member is notified.
 */
export const playCashbackStory = async ({
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
  const member = await signIn(call, SHOPPER.email, password)
  const admin = await signIn(call, 'admin@example.in', password)

  const { clickId } = await call<{ clickId: string }>('POST', '/api/clicks', {
    ...member,
    body: { merchant: 'vayu-electronics' },
  })
  say(`Suresh clicks out to Vayu Electronics (POST /api/clicks): click ${clickId}.`)

  const at = new Date().toISOString()
  const order = `VE-${Date.now().toString(36).toUpperCase()}`
  const transaction = { order, network: 'admitad', clickId, merchant: 'Vayu Electronics' }
  const ordered = { at, status: 'pending', ...TRANSACTION }
  await reportOrder(simulatorUrl, { ...transaction, timeline: [ordered] })
  say(
    `He orders for ${formatMoney(TRANSACTION.saleMinor, TRANSACTION.currency)}; Admitad has it as pending.`,
  )

  await sync(call, admin)
  const tracked = await untilEvent(call, member, order, 'pending')
  say(`A sync, and ${money(tracked)} is on its way (POST /api/networks/:id/sync).`)

  const since = new Date()
  const approved = { at: since.toISOString(), status: 'approved' }
  await reportOrder(simulatorUrl, { ...transaction, timeline: [ordered, approved] })
  await sync(call, admin)
  const credited = await untilEvent(call, member, order, 'approved')
  say(`The merchant confirms the order; after the next sync ${money(credited)} is in his wallet.`)
  const { words } = await call<{ words: string }>(
    'GET',
    `/api/cashback-events/${credited.id}/explain`,
    admin,
  )
  say(`Why (GET /api/cashback-events/:id/explain): “${words}”`)
  for (const { kind, text, to } of await waitForMessages(simulatorUrl, { ...SHOPPER, since })) {
    say(`${kind} reaches ${to}: “${text}”`)
  }
}

const money = ({ amountMinor, currency }: Event): string => formatMoney(amountMinor, currency)

const signIn = async (call: Call, email: string, password: string) => {
  const { token } = await call<Login>('POST', '/api/users/login', { body: { email, password } })
  return { authorization: `JWT ${token}` }
}

const sync = async (call: Call, admin: { authorization: string }): Promise<void> => {
  const { docs } = await call<Found<{ id: string }>>(
    'GET',
    '/api/networks?where[name][equals]=Admitad',
    admin,
  )
  await call('POST', `/api/networks/${docs[0]?.id ?? ''}/sync`, { ...admin, body: {} })
}

/** Waits until the member's newest cashback has that status, and returns it. */
const untilEvent = async (
  call: Call,
  member: { authorization: string },
  order: string,
  status: string,
): Promise<Event> => {
  const deadline = Date.now() + TIMEOUT_MS
  for (;;) {
    const { docs } = await call<Found<Event>>('GET', '/api/cashback-events?limit=1', member)
    const [event] = docs
    if (event?.status === status) return event
    if (Date.now() > deadline) throw new Error(`The cashback for ${order} is not ${status} yet.`)
    await wait(200)
  }
}
