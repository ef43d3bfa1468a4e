import { createPublicKey } from 'node:crypto'

import { z } from 'zod'

import { httpUrl, list } from '../platform/settingTypes.ts'

const isP256Key = (base64: string): boolean => {
  try {
    const der = Buffer.from(base64, 'base64')
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
  } catch {
    return false
  }
}

/** By template name, then by language; strict, because a typo would send another text. */
const DltTemplates = z.record(
  z.string().regex(/^[a-z-]+$/),
  z.strictObject({ en: z.string().min(1), hi: z.string().min(1) }).partial(),
)

/** The same error for every mistake: a specific one would quote the setting. */
const dltTemplates = z.string().transform((text, context) => {
  try {
    return DltTemplates.parse(JSON.parse(text))
  } catch {
    context.addIssue('needs JSON such as {"otp": {"en": "...", "hi": "..."}}')
    return z.NEVER
  }
})

const perSecond = (fallback: number) => z.coerce.number().int().min(1).max(10_000).default(fallback)

/** The settings of messaging. `incompleteProviders` checks which keys belong together. */
export const messagingSettings = {
  /** Our name in messages. */
  BRAND_NAME: z.string().max(60).default('Tributary'),
  /** How long a provider may take for one message. */
  MESSAGING_TIMEOUT_MS: z.coerce.number().int().min(100).max(30_000).default(10_000),
  /** SMS providers in the order in which they are tried. */
  SMS_PROVIDERS: list
    .pipe(z.array(z.enum(['msg91', 'twilio'])))
    .transform((names) =>
      names.length > 0 ? [...new Set(names)] : (['msg91', 'twilio'] as const),
    ),

  SENDGRID_API_KEY: z.string().startsWith('SG.').optional(),
  FROM_EMAIL: z.email().optional(),
  /** BRAND_NAME when absent. */
  FROM_NAME: z.string().optional(),
  SENDGRID_BASE_URL: httpUrl.optional(),
  /** The account's rate limit, which all workers share. */
  SENDGRID_PER_SECOND: perSecond(100),
  /** As SendGrid shows it. Without it, SendGrid's delivery reports are refused. */
  SENDGRID_WEBHOOK_PUBLIC_KEY: z.string().refine(isP256Key, 'not a P-256 key').optional(),

  MSG91_AUTH_KEY: z.string().optional(),
  MSG91_SENDER_ID: z.string().optional(),
  /** The DLT text of templates without one of their own. */
  MSG91_TEMPLATE_ID: z.string().optional(),
  MSG91_TEMPLATES: dltTemplates.optional(),
  MSG91_BASE_URL: httpUrl.optional(),
  MSG91_PER_SECOND: perSecond(20),
  /** Part of the address for MSG91's reports, which are not signed. */
  MSG91_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{16,}$/, 'needs 16 or more letters, digits, - or _')
    .optional(),

  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/i, 'not an account SID')
    .optional(),
  TWILIO_AUTH_TOKEN: z.string().optional(),
  TWILIO_FROM: z.string().optional(),
  TWILIO_MESSAGING_SERVICE_SID: z
    .string()
    .regex(/^MG[0-9a-f]{32}$/i, 'not a messaging service SID')
    .optional(),
  TWILIO_BASE_URL: httpUrl.optional(),
  TWILIO_PER_SECOND: perSecond(10),
}
