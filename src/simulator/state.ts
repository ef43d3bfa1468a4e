import { generateKeyPairSync, type KeyObject } from 'node:crypto'

import { type Clock, createClock } from './clock.ts'
import { createRecentList } from './createRecentList.ts'
import { createFaultRules, type FaultRules } from './faultRules.ts'
import { createNetworks } from './networks/networks.ts'
import type { Network, SentPostback } from './networks/types.ts'
import { createRateLimits } from './networks/serve/createRateLimits.ts'
import { createOrders, type Orders } from './networks/scenario/createOrders.ts'
import { type Bank, createBank } from './payouts/createBank.ts'
import { createPayoutProviders } from './payouts/createPayoutProviders.ts'
import type { PayoutProvider, SentWebhook, WebhookTarget } from './payouts/types.ts'
import type { SentReport } from './reports/types.ts'
import type { LoggedRequest, Message } from './types.ts'

/** Entries without bodies. */
const MAX_ENTRIES = 200_000
/** Entries with bodies; a mail may have tens of kilobytes. */
const MAX_BODIES = 2_000

export type State = {
  clock: Clock
  faults: FaultRules
  messages: ReturnType<typeof createRecentList<Message>>
  requests: ReturnType<typeof createRecentList<LoggedRequest>>
  /** The delivery reports that were sent, try by try. */
  reports: ReturnType<typeof createRecentList<SentReport>>
  /** The last auth token of each Twilio account. It signs the account's callbacks. */
  twilioTokens: Map<string, string>
  /** Texts registered with MSG91, by template id. Variables are written `##VAR##`. */
  msg91Templates: Map<string, string>
  /** Signs SendGrid's event webhooks. */
  sendgridKeys: { privateKey: KeyObject; publicKey: KeyObject }
  webhooks: Webhooks
  autoDeliver: { enabled: boolean; delayMs: number }
  networks: Network[]
  /** The scenario: the orders that all networks report. */
  orders: Orders
  rateLimits: ReturnType<typeof createRateLimits>
  /**
   * The number of times that each network has shown each fault. Some faults vary from time to time.
   */
  faultCounts: Map<string, number>
  /** The postbacks that were sent. */
  postbacks: ReturnType<typeof createRecentList<SentPostback>>
  payoutProviders: PayoutProvider[]
  /** The payments that all payout providers took. */
  bank: Bank
  /** The targets of payout webhooks, by provider. */
  payoutWebhooks: Partial<Record<string, WebhookTarget>>
  sentWebhooks: ReturnType<typeof createRecentList<SentWebhook>>
  /** The address of each payout provider as its last client saw it. */
  payoutBaseUrls: Map<string, string>
}

/** The targets of delivery reports. */
type Webhooks = {
  sendgrid?: { url: string } | undefined
  /**
   * `publicUrl`: the base URL that is signed; `url`: the one that is called. Default:
   * StatusCallback.
   */
  twilio?: { url?: string | undefined; publicUrl?: string | undefined } | undefined
  msg91?: { url: string; version: 'v2' | 'v3' | 'v4' | 'new' } | undefined
}

/** Creates the state of a simulator, in memory only. */
export const createState = (clock = createClock()): State => ({
  clock,
  faults: createFaultRules(),
  messages: createRecentList<Message>({
    limit: MAX_ENTRIES,
    ageAfter: MAX_BODIES,
    onAge: dropBody,
  }),
  requests: createRecentList<LoggedRequest>({ limit: MAX_ENTRIES }),
  reports: createRecentList<SentReport>({ limit: MAX_ENTRIES }),
  twilioTokens: new Map(),
  msg91Templates: new Map(),
  sendgridKeys: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  webhooks: {},
  autoDeliver: { enabled: false, delayMs: 0 },
  networks: createNetworks(),
  orders: createOrders(),
  rateLimits: createRateLimits(),
  faultCounts: new Map(),
  postbacks: createRecentList<SentPostback>({ limit: MAX_ENTRIES }),
  payoutProviders: createPayoutProviders(),
  bank: createBank(clock),
  payoutWebhooks: {},
  sentWebhooks: createRecentList<SentWebhook>({ limit: MAX_ENTRIES }),
  payoutBaseUrls: new Map(),
})

/** Discards what happened. Keys, webhooks, templates and messaging accounts stay. */
export const resetState = (state: State): void => {
  state.messages.clear()
  state.requests.clear()
  state.reports.clear()
  state.faults.clear()
  state.clock.reset()
  state.autoDeliver = { enabled: false, delayMs: 0 }
  state.orders.clear()
  state.rateLimits.reset()
  state.faultCounts.clear()
  state.postbacks.clear()
  state.bank.reset()
  state.sentWebhooks.clear()
  for (const network of state.networks) network.reset?.()
  for (const provider of state.payoutProviders) provider.reset?.()
}

const dropBody = (message: Message): void => {
  delete message.html
  message.text = null
  message.raw = null
}
