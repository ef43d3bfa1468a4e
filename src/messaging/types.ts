/** How a message reaches its recipient. */
export const CHANNEL_KINDS = ['email', 'sms'] as const
export type ChannelKind = (typeof CHANNEL_KINDS)[number]
export const LOCALES = ['en', 'hi'] as const
export type Locale = (typeof LOCALES)[number]

/**
 * The topic of a message. A member switches each on or off per channel; `security` is always on.
 */
export const CATEGORIES = [
  'security',
  'account',
  'orders',
  'cashback',
  'commissions',
  'withdrawals',
] as const
export type Category = (typeof CATEGORIES)[number]

/** Lanes of the outbox in the order of priority. */
export const LANES = ['otp', 'money', 'bulk'] as const
export type Lane = (typeof LANES)[number]

/** What every template can use besides its data; made from settings, once per message. */
export type TemplateContext = {
  brand: string
  locale: Locale
  /** IANA name; times are written in it. */
  timeZone: string
  /** An address on the members' own site. */
  link: (path: string) => string
}

export type EmailContent = { subject: string; html: string; text: string }

/**
 * One kind of message, in each channel that suits it. Data is plain JSON: amounts in minor units
 * with a currency, instants as ISO 8601 text.
 */
export type Template<Data extends object = object> = {
  name: string
  category: Category
  lane: Lane
  /** Its data holds a code or a link that opens an account: encrypted, never shown, erased. */
  isSecret?: boolean
  /**
   * Of a secret template: whether this message holds the code or link. One without is stored like
   * any message, so that it can be sent again. By default all of them do.
   */
  carriesSecret?(data: Data): boolean
  /** Realistic data for tests, previews and test messages. */
  sample: Data
  email?(data: Data, context: TemplateContext): EmailContent
  sms?(data: Data, context: TemplateContext): string
  /** The values of the registered DLT text, by the names of its variables. */
  smsVariables?(data: Data, context: TemplateContext): Record<string, string>
}

export type EmailMessage = EmailContent & {
  kind: 'email'
  /** Our notification's id; providers return it in their reports. */
  id: string
  to: string
  template: string
}
export type SmsMessage = {
  kind: 'sms'
  id: string
  /** E.164, with the plus. */
  to: string
  text: string
  template: string
  locale: Locale
  variables: Record<string, string>
}

/**
 * The outcome of one request to a provider. `retry`: certainly not accepted, and can be tried
 * again. `permanent`: certainly not accepted, and never will be. `unknown`: the request left, and
 * it is not known whether the provider accepted it.
 */
export type Outcome =
  | { kind: 'accepted'; providerMessageId: string | null }
  | { kind: 'retry'; code: string; detail: string; afterMs?: number }
  | { kind: 'permanent'; code: string; detail: string; isOptOut?: boolean }
  | { kind: 'unknown'; code: string; detail: string }

/** A provider of one channel. Never throws: every failure is an outcome. */
export type Channel<Message extends EmailMessage | SmsMessage = EmailMessage | SmsMessage> = {
  name: string
  kind: Message['kind']
  /** The provider's rate limit, which all workers share. */
  maxPerSecond: number
  send: (message: Message, options: { signal: AbortSignal }) => Promise<Outcome>
}

/** A provider's later report on a message. */
export type DeliveryEvent = {
  provider: string
  /** Unique within the provider, so that a repeated event is recognised. */
  eventId: string
  /** Our id, where the provider returns it; else null, and the provider's own id counts. */
  notificationId: string | null
  providerMessageId: string | null
  status: 'sent' | 'delivered' | 'bounced' | 'failed'
  /** The provider's code, and its explanation. */
  code: string
  detail: string | null
  /** Why the address must not receive messages again; null when it may. */
  suppress: 'bounce' | 'complaint' | 'opt-out' | null
  at: string
}

/** Whether a webhook's sender is authentic. Only a genuine webhook is applied. */
export type WebhookCheck = 'forged' | 'genuine' | 'stale' | 'unsigned'
