import type { MethodKind } from '../../domain/payouts/methodKinds.ts'

export type { MethodKind }

/** Where money goes. Full values: they exist in memory only while one payout is sent. */
export type PayoutAccount =
  | { kind: 'upi'; vpa: string; holderName: string }
  | { kind: 'bank-in'; accountNumber: string; ifsc: string; holderName: string }
  | { kind: 'iban'; iban: string; bic: string | null; holderName: string }
  | { kind: 'paypal'; email: string; holderName: string }
  | { kind: 'gift-card'; product: string; email: string; holderName: string }

/** One attempt to pay, as a driver takes it. */
export type PayoutOrder = {
  /**
   * Our reference, unique for each attempt: 34 letters and digits. Every driver sends it as its
   * idempotency key, and finds the payout by it.
   */
  key: string
  /** Minor units of `currency`, above zero: what the member receives. */
  amountMinor: number
  currency: string
  account: PayoutAccount
  /** Text on the bank statement: letters, digits and spaces, at most 30. */
  narration: string
  recipient: { memberId: string; name: string; email: string; phone: string | null }
}

/** What a provider says of a payout at one moment. */
export type PayoutReport = {
  /**
   * `pending`: taken, not final. `settled`: paid (may still be returned). `failed`: certainly not
   * paid. `returned`: it was paid, and the money came back. `unknown`: it cannot be said; nothing may
   * be concluded. `not-found`: the provider has no payout of this key (only from a look-up).
   */
  status: 'failed' | 'not-found' | 'pending' | 'returned' | 'settled' | 'unknown'
  providerId: string | null
  /** The bank's reference of a transfer (UTR), or null. */
  bankReference: string | null
  /** The provider's code and its text, without account data, at most 200 characters; null if none. */
  code: string | null
  detail: string | null
  /**
   * For `failed` and `returned`: `later` (the same order may work later), `fix` (the member has to
   * correct the method), `operator` (our balance or set-up), `never`. Null otherwise.
   */
  remedy: 'fix' | 'later' | 'never' | 'operator' | null
  /** What the provider charges us, minor units; null when it does not say. */
  feeMinor: number | null
  /** True if it may be older than what is known: webhooks arrive in any order. */
  mayBeOld?: true
  /** The codes of a gift card, from gift-card drivers alone. */
  cards?: readonly {
    label: string
    value: string
    secret?: string
    url?: string
    validUntil?: string
    faceMinor: number
  }[]
}

/** A report that came by webhook. */
export type ReceivedReport = PayoutReport & {
  provider: string
  /** Unique within the provider. */
  eventId: string
  /** Our key where the provider returns it, else null and `providerId` counts. */
  key: string | null
  /** When it happened at the provider, ISO 8601 UTC; null when it does not say. */
  at: string | null
}

/** What `send` learned: a report, or that the request certainly never left (`not-sent`). */
export type SendResult =
  | { kind: 'report'; report: PayoutReport }
  /** Certainly not taken by the provider; the SAME order with the same key may be sent again. */
  | { kind: 'not-sent'; code: string; detail: string; afterMs: number | null }

/** A way to pay. Never throws: every failure is a report or `not-sent`. */
export type PayoutDriver = {
  name: string
  /** How the provider recognises a repeated order. */
  idempotency: {
    place: 'batch' | 'body' | 'file' | 'header'
    /** Days for which a repeat is recognised; null when the provider does not say. */
    lifetimeDays: number | null
    /** What a repeat answers. */
    repeat: 'conflict' | 'first-answer' | 'latest-state' | 'refused'
    /** True if sending the same key again after a look-up found nothing cannot pay twice. */
    isRepeatSafe: boolean
  }
  /** Requests per second that all workers share. */
  maxPerSecond: number
  /**
   * Returns why the driver cannot pay this (code and text that a member understands), or null. Pure:
   * known before a request.
   */
  refuse: (ask: {
    kind: MethodKind
    currency: string
    amountMinor: number
  }) => { code: string; message: string } | null
  send: (order: PayoutOrder, options: { signal: AbortSignal }) => Promise<SendResult>
  /** Finds a payout by our key (and the provider's id where we know it). */
  lookUp: (
    ref: { key: string; providerId: string | null; sentAt: Date },
    options: { signal: AbortSignal },
  ) => Promise<PayoutReport>
  /** Our balance at the provider in minor units by currency; absent where there is no such call. */
  readBalance?: (options: { signal: AbortSignal }) => Promise<Record<string, number>>
}

/** Checks and reads a webhook. Pure but for the check of the signature. */
export type ReadWebhook = (input: {
  headers: Record<string, string | undefined>
  /** The body as it came. */
  raw: Buffer
  now: Date
}) => Promise<{ check: 'forged' | 'genuine' | 'stale' | 'unsigned'; reports: ReceivedReport[] }>
