import type { CollectionConfig, Config, Plugin } from 'payload'

import { InboundEvents } from '../../collections/system/InboundEvents.ts'
import { MessagingConfig } from '../../collections/messaging/MessagingConfig.ts'
import { NotificationPreferences } from '../../collections/messaging/NotificationPreferences.ts'
import { Notifications } from '../../collections/messaging/Notifications.ts'
import { OtpChallenges } from '../../collections/messaging/OtpChallenges.ts'
import { Suppressions } from '../../collections/messaging/Suppressions.ts'
import { Workers } from '../../collections/system/Workers.ts'
import { deleteMemberData } from '../../hooks/members/deleteMemberData.ts'
import { type ResetLink, sendReset } from '../../hooks/messaging/sendReset.ts'
import { welcomeMember } from '../../hooks/messaging/welcomeMember.ts'
import { applyInboundEvents } from '../../jobs/messaging/applyInboundEvents.ts'
import type { Job } from '../../src/platform/jobs/defineJob.ts'
import { deliverNotifications } from '../../jobs/messaging/deliverNotifications.ts'
import { emailAdapter } from '../../src/messaging/outbox/emailAdapter.ts'
import type { Outbox } from '../../src/messaging/outbox/findOutbox.ts'
import type { Channels } from '../../src/messaging/channels/openChannels.ts'
import type { OutboxSettings, Wording } from '../../src/messaging/outbox/types.ts'
import { withAdminView } from '../adminViews/withAdminView.ts'
import { extendCollection } from '../extend/extendCollection.ts'
import { extendJobs } from '../extend/extendJobs.ts'
import { discard } from './endpoints/discard.ts'
import { phoneOtp } from './endpoints/phoneOtp.ts'
import { phoneVerify } from './endpoints/phoneVerify.ts'
import { listPreferences, setPreference } from './endpoints/preferences.ts'
import { retry } from './endpoints/retry.ts'
import { testMessage } from './endpoints/testMessage.ts'

export type MessagingOptions = {
  channels: Channels
  /** Encrypts codes and links that open accounts. 32 bytes. */
  encryptionKey: Buffer
  from: { address: string; name: string }
  /** Multiplies the limits on requesting and entering codes; null switches them off. */
  rateLimitFactor: number | null
  resetLink: ResetLink
  settings: OutboxSettings
  wording: Wording
}

const MESSAGES = {
  label: 'Messages',
  path: '/messages',
  view: '/plugins/messaging/admin/MessagesView#MessagesView',
} as const

/** The outbox: its collections, the jobs that send and apply reports, and its endpoints. */
export const messaging =
  ({
    channels,
    encryptionKey,
    from,
    rateLimitFactor,
    resetLink,
    settings,
    wording,
  }: MessagingOptions): Plugin =>
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
      admin: withAdminView(config.admin, MESSAGES),
      email: emailAdapter(from),
      custom: { ...extendJobs(config, ...jobs), outbox },
      collections: [
        ...withReset(
          extendCollection(config.collections, 'users', {
            hooks: { afterChange: [welcomeMember], beforeDelete: [deleteMemberData] },
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
