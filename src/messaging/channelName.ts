import type { ChannelKind } from './types.ts'

/** A channel within a sentence. */
export const channelName = (channel: ChannelKind): string => (channel === 'sms' ? 'SMS' : 'e-mail')
