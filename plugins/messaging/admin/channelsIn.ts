import { CHANNEL_KINDS, type ChannelKind, type Template } from '../../../src/messaging/types.ts'

/** The channels that a template has a text for. */
export const channelsIn = (template: Template): ChannelKind[] =>
  CHANNEL_KINDS.filter((kind) => kind in template)
