import type { Channel, EmailMessage, SmsMessage } from '../types.ts'

type Messages = { email: EmailMessage; sms: SmsMessage }

/**
 * Stands in where no provider is configured: takes every message, and nothing leaves. What it took
 * is in the `notifications` rows, where the admin reads it.
 */
export const inbox = <Kind extends keyof Messages>(kind: Kind): Channel<Messages[Kind]> => ({
  name: 'inbox',
  kind,
  maxPerSecond: 1_000,
  send: () => Promise.resolve({ kind: 'accepted', providerMessageId: null }),
})
