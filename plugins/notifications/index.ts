import type { CollectionConfig, Config, Plugin } from 'payload'

import { InboundEvents } from '../../collections/InboundEvents.ts'
import { MessagingConfig } from '../../collections/MessagingConfig.ts'
import { NotificationPreferences } from '../../collections/NotificationPreferences.ts'
import { Notifications } from '../../collections/Notifications.ts'
import { OtpChallenges } from '../../collections/OtpChallenges.ts'
import { Suppressions } from '../../collections/Suppressions.ts'
import { Workers } from '../../collections/Workers.ts'
import { forgetMember } from '../../hooks/forgetMember.ts'
import { type ResetLink, sendReset } from '../../hooks/sendReset.ts'
import { welcomeMember } from '../../hooks/welcomeMember.ts'
import { applyInboundEvents } from '../../jobs/applyInboundEvents.ts'
import type { Job } from '../../jobs/defineJob.ts'
import { deliverNotifications } from '../../jobs/deliverNotifications.ts'
import { emailAdapter } from '../../src/outbox/emailAdapter.ts'
import type { Outbox } from '../../src/outbox/outboxOf.ts'
import type { Channels } from '../../src/messaging/channels/index.ts'
import type { Wording } from '../../src/outbox/sendRow.ts'
import type { OutboxSettings } from '../../src/outbox/types.ts'
import { withDesk } from '../desks/withDesk.ts'
import { extendCollection } from '../extendCollection.ts'
import { extendJobs } from '../extendJobs.ts'
import { discard } from './endpoints/discard.ts'
import { phoneOtp } from './endpoints/phoneOtp.ts'
import { phoneVerify } from './endpoints/phoneVerify.ts'
import { listPreferences, setPreference } from './endpoints/preferences.ts'
import { retry } from './endpoints/retry.ts'
import { testMessage } from './endpoints/testMessage.ts'

export type NotificationsOptions = {
  channels: Channels
  /** Encrypts codes and links that open accounts. 32 bytes. */
  encryptionKey: Buffer
  from: { address: string; name: string }
  /** Multiplies the limits on asking for codes and on entering them; null lifts them. */
  rateLimitFactor: number | null
  resetLink: ResetLink
  settings: OutboxSettings
  wording: Wording
}

const MESSAGES = {
  label: 'Messages',
  path: '/messages',
  view: '/plugins/notifications/admin/MessagesView#MessagesView',
} as const

/** The outbox, who sends it, what is told when, and what providers tell us about it. */
export const notifications =
  ({
    channels,
    encryptionKey,
    from,
    rateLimitFactor,
    resetLink,
    settings,
    wording,
  }: NotificationsOptions): Plugin =>
  (config: Config): Config => {
    const outbox: Outbox = { encryptionKey, wording }
    const sending = { channels, settings, wording }
    const jobs: Job[] = [
      deliverNotifications({ ...sending, name: 'deliver-codes', lanes: ['otp'], pumps: 4 }),
      deliverNotifications({
        ...sending,
        name: 'deliver-notifications',
        lanes: ['money', 'bulk'],
        pumps: 4,
      }),
      applyInboundEvents,
    ]
    return {
      ...config,
      admin: withDesk(config.admin, MESSAGES),
      email: emailAdapter(from),
      custom: { ...extendJobs(config, ...jobs), outbox },
      collections: [
        ...withReset(
          extendCollection(config.collections, 'users', {
            hooks: { afterChange: [welcomeMember], beforeDelete: [forgetMember] },
          }),
          resetLink,
        ),
        { ...Notifications, endpoints: [retry, discard] },
        Suppressions,
        { ...NotificationPreferences, endpoints: [listPreferences, setPreference] },
        InboundEvents,
        OtpChallenges,
        Workers,
      ],
      globals: [...(config.globals ?? []), MessagingConfig],
      endpoints: [
        ...(config.endpoints ?? []),
        phoneOtp({ rateLimitFactor }),
        phoneVerify({ rateLimitFactor }),
        testMessage({ rateLimitFactor }),
      ],
    }
  }

const withReset = (collections: CollectionConfig[], resetLink: ResetLink): CollectionConfig[] =>
  collections.map((collection) => {
    const { auth } = collection
    if (collection.slug !== 'users' || typeof auth !== 'object') return collection
    const forgotPassword = { ...auth.forgotPassword, ...sendReset(resetLink) }
    return { ...collection, auth: { ...auth, forgotPassword } }
  })
