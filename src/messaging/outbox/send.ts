import type { Database } from '../../database/dbIn.ts'
import { now as clockNow } from '../../platform/clock.ts'
import { decrypt } from '../../platform/encryption.ts'
import { findLanguage } from '../locale.ts'
import { renderMessage } from '../renderMessage.ts'
import type { Channel, EmailMessage, Outcome, SmsMessage } from '../types.ts'
import { decideOutcome } from './decideOutcome.ts'
import { findOutbox } from './findOutbox.ts'
import { backOff } from './providerRate.ts'
import { suppress } from './suppress.ts'
import type { ClaimedRow, Completion, Delivery } from './types.ts'

/**
 * Sends one row and returns its completion; never throws. A process that must stop lets a started
 * request end: aborting it would leave an unknown outcome.
 */
export const attemptRow = async (
  delivery: Delivery,
  db: Database,
  row: ClaimedRow,
): Promise<Completion> => {
  const { encryptionKey } = findOutbox(delivery.payload)
  const { signal } = new AbortController()
  const tried = await sendRow({ ...delivery, encryptionKey, row, signal })
  await applySideEffects(delivery, db, row, tried).catch((err: unknown) => {
    // The outcome must be recorded whatever else fails; the provider's next response repeats this.
    delivery.payload.logger.error({ msg: 'side effects of a response failed', id: row.id, err })
  })
  return decideOutcome({
    id: row.id,
    lane: row.lane,
    attemptCount: row.attempt_count + 1,
    tried,
    now: clockNow(),
    random: Math.random(),
    settings: delivery.settings,
  })
}

/** One provider that was tried, and its outcome. */
type Try = { provider: string; outcome: Outcome }

type Sending = Pick<Delivery, 'channels' | 'signal' | 'wording'> & {
  row: ClaimedRow
  encryptionKey: Buffer
}

/**
 * Tries the providers of the row's channel in order, the next one only when the one before
 * certainly did not accept the message. A message that cannot be rendered is a permanent outcome.
 */
const sendRow = async (sending: Sending): Promise<Try[]> => {
  const { channels, row, signal } = sending
  try {
    const message = renderRow(sending)
    return message.kind === 'email'
      ? await sendInOrder(channels.email, message, signal)
      : await sendInOrder(channels.sms, message, signal)
  } catch (error) {
    const detail = row.secret === null && error instanceof Error ? error.message : 'See the log.'
    return [{ provider: 'none', outcome: { kind: 'permanent', code: 'not-rendered', detail } }]
  }
}

const renderRow = ({ encryptionKey, row, wording }: Sending): EmailMessage | SmsMessage => {
  const { channel, id, locale, secret, template, time_zone, to } = row
  const data = (
    secret === null ? (row.data ?? {}) : JSON.parse(decrypt(encryptionKey, secret, row.key))
  ) as object
  const context = { ...wording, locale, timeZone: time_zone ?? wording.timeZone }
  const draft = { template, data, context }
  const base = { id, to, template }
  if (channel === 'email') {
    return { ...base, kind: 'email', ...renderMessage({ ...draft, kind: 'email' }) }
  }
  const content = renderMessage({ ...draft, kind: 'sms' })
  return { ...base, kind: 'sms', locale: findLanguage(locale), ...content }
}

const sendInOrder = async <Message extends EmailMessage | SmsMessage>(
  channels: Channel<Message>[],
  message: Message,
  signal: AbortSignal,
): Promise<Try[]> => {
  const tried: Try[] = []
  for (const channel of channels) {
    const outcome = await channel.send(message, { signal })
    tried.push({ provider: channel.name, outcome })
    const isOver = outcome.kind === 'accepted' || outcome.kind === 'unknown'
    if (isOver || (outcome.kind === 'permanent' && outcome.isOptOut)) break
  }
  return tried
}

/** What a response means beyond its row: the provider's back-off, an address that opted out. */
const applySideEffects = async (
  { channels, payload }: Delivery,
  db: Database,
  row: ClaimedRow,
  tried: Try[],
): Promise<void> => {
  for (const { outcome, provider } of tried) {
    const channel = channels[row.channel].find(({ name }) => name === provider)
    if (outcome.kind === 'retry' && outcome.afterMs && channel) {
      await backOff(payload, channel, outcome.afterMs)
    }
    if (outcome.kind === 'permanent' && outcome.isOptOut) {
      const { code: detail } = outcome
      await suppress(db, [
        { channel: row.channel, address: row.to, reason: 'opt-out', provider, detail },
      ])
    }
  }
}
