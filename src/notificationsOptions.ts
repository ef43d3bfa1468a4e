import type { NotificationsOptions } from '../plugins/notifications/index.ts'
import { addressesOf } from './addressesOf.ts'
import { encryptionKeyOf } from './encryption.ts'
import type { Env } from './env.ts'
import { channelsOf } from './messaging/channels/index.ts'
import { memberPages } from './messaging/memberPages.ts'

/** What the environment says about messages: who carries them, in whose name, and how patiently. */
export const notificationsOptions = (env: Env): NotificationsOptions => {
  const { publicUrl } = addressesOf(env)
  const link = (path: string) => new URL(path, env.FRONTEND_URL ?? publicUrl).href
  const ms = (seconds: number) => Math.round(seconds * 1_000)
  return {
    channels: channelsOf(env),
    encryptionKey: encryptionKeyOf(env.ENCRYPTION_KEY, env.PAYLOAD_SECRET ?? ''),
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
