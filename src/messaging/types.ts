/** How a message reaches somebody. */
export const CHANNEL_KINDS = ['email', 'sms'] as const
export type ChannelKind = (typeof CHANNEL_KINDS)[number]
export const LOCALES = ['en', 'hi'] as const
export type Locale = (typeof LOCALES)[number]

/** What a message is about; a member chooses per category and channel. `security` is always on. */
export const CATEGORIES = [
  'security',
  'account',
  'orders',
  'cashback',
  'commissions',
  'withdrawals',
] as const
export type Category = (typeof CATEGORIES)[number]

/** The order in which rows overtake one another. */
export const LANES = ['otp', 'money', 'bulk'] as const
export type Lane = (typeof LANES)[number]

/** What every template may use beside its data; made from settings, once per message. */
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
 * One thing a member is told, in each channel where it makes sense. Data is plain JSON: amounts in
 * minor units with a currency, instants as ISO 8601 text.
 */
export type Template<Data extends object = object> = {
  name: string
  category: Category
  lane: Lane
  /** Its data holds a code or a link that opens an account: encrypted, shown to nobody, erased. */
  isSecret?: boolean
  /** Believable data: feeds tests, the preview and test sends. */
  sample: Data
  email?(data: Data, context: TemplateContext): EmailContent
  sms?(data: Data, context: TemplateContext): string
  /** The values of the registered DLT text, by the names of its variables. */
  smsVariables?(data: Data, context: TemplateContext): Record<string, string>
}

export type EmailMessage = EmailContent & {
  kind: 'email'
  /** Our notification's id; providers carry it back to us. */
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
 * What came of handing a message over. `retry`: certainly not accepted, worth another try.
 * `permanent`: certainly not accepted, and never will be. `unknown`: the request left, and nobody
 * can say what became of it.
 */
export type Outcome =
  | { kind: 'accepted'; providerMessageId: string | null }
  | { kind: 'retry'; code: string; detail: string; afterMs?: number }
  | { kind: 'permanent'; code: string; detail: string; isOptOut?: boolean }
  | { kind: 'unknown'; code: string; detail: string }

/** A provider of one channel. Never throws: whatever goes wrong is an outcome. */
export type Channel<Message extends EmailMessage | SmsMessage = EmailMessage | SmsMessage> = {
  name: string
  kind: Message['kind']
  /** What the provider takes; shared by all workers. */
  maxPerSecond: number
  send: (message: Message, options: { signal: AbortSignal }) => Promise<Outcome>
}

/** What a provider tells about a message later. */
export type DeliveryEvent = {
  provider: string
  /** Unique within the provider: an event that comes again is the same one. */
  eventId: string
  /** Ours, where the provider carries it; else its own. */
  notificationId: string | null
  providerMessageId: string | null
  status: 'sent' | 'delivered' | 'bounced' | 'failed'
  /** The provider's word for it, and why. */
  code: string
  detail: string | null
  /** The address must not be written to again. */
  suppress: 'bounce' | 'complaint' | 'opt-out' | null
  at: string
}
