import { generateKeyPairSync, type KeyObject } from 'node:crypto'

import { type Clock, createClock } from './clock.ts'
import { createNewest } from './createNewest.ts'
import { createFaults, type Faults } from './faults.ts'
import { createNetworks } from './networks/networks.ts'
import type { PostedBack } from './networks/postbacks/types.ts'
import { createPace } from './networks/serve/createPace.ts'
import { createOrders, type Orders } from './networks/truth/createOrders.ts'
import type { Network } from './networks/types.ts'
import type { Posted } from './reports/types.ts'
import type { LoggedRequest, Message } from './types.ts'

/** Light entries: who, when, which id. */
const KEPT = 200_000
/** With their bodies; a mail may have tens of kilobytes. */
const KEPT_WHOLE = 2_000

export type State = {
  clock: Clock
  faults: Faults
  messages: ReturnType<typeof createNewest<Message>>
  requests: ReturnType<typeof createNewest<LoggedRequest>>
  /** What was sent to the product, try by try. */
  reports: ReturnType<typeof createNewest<Posted>>
  /** The auth token each Twilio account was last used with: what its callbacks are signed with. */
  twilioTokens: Map<string, string>
  /** Texts registered with MSG91, by template id; variables are written `##VAR##`. */
  msg91Templates: Map<string, string>
  /** Signs SendGrid's event webhooks. */
  sendgridKeys: { privateKey: KeyObject; publicKey: KeyObject }
  webhooks: Webhooks
  autoDeliver: { enabled: boolean; delayMs: number }
  networks: Network[]
  /** What all networks tell of. */
  orders: Orders
  pace: ReturnType<typeof createPace>
  /** How often each fault of each network has struck; some show another face each time. */
  struck: Map<string, number>
  /** What networks sent by themselves, try by try. */
  postbacks: ReturnType<typeof createNewest<PostedBack>>
}

/** Where delivery reports go. */
type Webhooks = {
  sendgrid?: { url: string } | undefined
  /** `publicUrl`: the base that is signed; `url`: the base that is reached. Else StatusCallback. */
  twilio?: { url?: string | undefined; publicUrl?: string | undefined } | undefined
  msg91?: { url: string; version: 'v2' | 'v3' } | undefined
}

/** Everything a simulator remembers, in memory only. */
export const createState = (): State => ({
  clock: createClock(),
  faults: createFaults(),
  messages: createNewest<Message>({ limit: KEPT, ageAfter: KEPT_WHOLE, onAge: dropBody }),
  requests: createNewest<LoggedRequest>({ limit: KEPT }),
  reports: createNewest<Posted>({ limit: KEPT }),
  twilioTokens: new Map(),
  msg91Templates: new Map(),
  sendgridKeys: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  webhooks: {},
  autoDeliver: { enabled: false, delayMs: 0 },
  networks: createNetworks(),
  orders: createOrders(),
  pace: createPace(),
  struck: new Map(),
  postbacks: createNewest<PostedBack>({ limit: KEPT }),
})

/** Forgets what happened; keys, webhooks, templates and accounts of messaging stay. */
export const forget = (state: State): void => {
  state.messages.clear()
  state.requests.clear()
  state.reports.clear()
  state.faults.clear()
  state.clock.reset()
  state.autoDeliver = { enabled: false, delayMs: 0 }
  state.orders.clear()
  state.pace.forget()
  state.struck.clear()
  state.postbacks.clear()
  for (const network of state.networks) network.forget?.()
}

const dropBody = (message: Message): void => {
  delete message.html
  message.text = null
  message.raw = null
}
