import { decrypt } from '../encryption.ts'
import { languageOf } from '../messaging/languageOf.ts'
import { renderMessage } from '../messaging/renderMessage.ts'
import type {
  Channel,
  EmailMessage,
  Outcome,
  SmsMessage,
  TemplateContext,
} from '../messaging/types.ts'
import type { Channels } from '../messaging/channels/index.ts'
import type { ClaimedRow } from './types.ts'

export type Wording = Pick<TemplateContext, 'brand' | 'link' | 'timeZone'>
export type Tried = { provider: string; outcome: Outcome }

type Sending = {
  row: ClaimedRow
  channels: Channels
  encryptionKey: Buffer
  signal: AbortSignal
  wording: Wording
}

/**
 * Hands one row over: the providers of its channel in order, the next only where the one before
 * certainly did not accept. Never throws: what cannot even be written is a permanent outcome.
 */
export const sendRow = async (sending: Sending): Promise<Tried[]> => {
  const { channels, row, signal } = sending
  try {
    const message = messageOf(sending)
    return message.kind === 'email'
      ? await sendOver(channels.email, message, signal)
      : await sendOver(channels.sms, message, signal)
  } catch (error) {
    const detail = row.secret === null && error instanceof Error ? error.message : 'See the log.'
    return [{ provider: 'none', outcome: { kind: 'permanent', code: 'not-rendered', detail } }]
  }
}

const sendOver = async <Message extends EmailMessage | SmsMessage>(
  channels: Channel<Message>[],
  message: Message,
  signal: AbortSignal,
): Promise<Tried[]> => {
  const tried: Tried[] = []
  for (const channel of channels) {
    const outcome = await channel.send(message, { signal })
    tried.push({ provider: channel.name, outcome })
    const isOver = outcome.kind === 'accepted' || outcome.kind === 'unknown'
    if (isOver || (outcome.kind === 'permanent' && outcome.isOptOut)) break
  }
  return tried
}

const messageOf = ({ encryptionKey, row, wording }: Sending): EmailMessage | SmsMessage => {
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
  return { ...base, kind: 'sms', locale: languageOf(locale), ...content }
}
