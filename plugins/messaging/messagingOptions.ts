import type { MessagingOptions } from './index.ts'
import { publicAddresses } from '../../src/config/publicAddresses.ts'
import { readEncryptionKey } from '../../src/platform/encryption.ts'
import type { Env } from '../../src/config/env.ts'
import { openChannels } from '../../src/messaging/channels/openChannels.ts'
import { memberPages } from '../../src/messaging/memberPages.ts'

/** The options of the messaging plugin, from the environment. */
export const messagingOptions = (env: Env): MessagingOptions => {
  const { publicUrl } = publicAddresses(env)
  const link = (path: string) => new URL(path, env.FRONTEND_URL ?? publicUrl).href
  const ms = (seconds: number) => Math.round(seconds * 1_000)
  return {
    channels: openChannels(env),
    encryptionKey: readEncryptionKey(env.ENCRYPTION_KEY, env.PAYLOAD_SECRET ?? ''),
    from: {
      address: env.FROM_EMAIL ?? 'rewards@example.test',
      name: env.FROM_NAME ?? env.BRAND_NAME,
    },
    rateLimitFactor: env.RATE_LIMITS === 'on' ? env.RATE_LIMIT_FACTOR : null,
    resetLink: (token, isStaff) =>
      isStaff
        ? new URL(`/admin/reset/${token}`, publicUrl).href
        : link(memberPages.resetPassword(token)),
    settings: {
      leaseMs: ms(env.OUTBOX_LEASE_SECONDS),
      otpLeaseMs: ms(env.OUTBOX_OTP_LEASE_SECONDS),
      retryMs: ms(env.OUTBOX_RETRY_SECONDS),
      otpRetryMs: ms(env.OUTBOX_OTP_RETRY_SECONDS),
      unknownMs: ms(env.OUTBOX_UNKNOWN_SECONDS),
      concurrency: 25,
    },
    wording: { brand: env.BRAND_NAME, timeZone: 'Asia/Kolkata', link },
  }
}
