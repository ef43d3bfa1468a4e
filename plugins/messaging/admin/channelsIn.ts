import { CHANNEL_KINDS, type ChannelKind, type Template } from '../../../src/messaging/types.ts'

/** Where a template says something. */
export const channelsIn = (template: Template): ChannelKind[] =>
  CHANNEL_KINDS.filter((kind) => kind in template)
