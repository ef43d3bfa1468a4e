import type { Payload } from 'payload'

import type { Channels } from '../messaging/channels/index.ts'
import type { Lane } from '../messaging/types.ts'
import type { Wording } from './sendRow.ts'
import type { OutboxSettings } from './types.ts'

/** What sending needs to know, whichever row it is. */
export type Delivery = {
  payload: Payload
  channels: Channels
  lanes: Lane[]
  settings: OutboxSettings
  signal: AbortSignal
  wording: Wording
}
