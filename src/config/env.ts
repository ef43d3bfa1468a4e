import { z } from 'zod'

import { incompleteProviders } from './incompleteProviders.ts'
import { archiveSettings } from '../platform/archives/settings.ts'
import { messagingSettings } from '../messaging/settings.ts'
import { networkSettings } from '../cashback/networks/settings.ts'
import { payoutSettings } from '../payouts/settings.ts'
import { refuseUrl } from '../platform/outbound/refuseUrl.ts'
import { httpUrl, list } from '../platform/settingTypes.ts'

const seconds = (fallback: number) => z.coerce.number().min(0.05).max(86_400).default(fallback)

const Env = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    /** Decides policy: production refuses to start on generated secrets or an embedded database. */
    TRIBUTARY_MODE: z.enum(['demo', 'test', 'production']).optional(),
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    /** Address to listen on. */
    HOST: z.string().optional(),
    /** Absent outside production: the embedded PostgreSQL is started and its URL used. */
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    /** A worker's job locks, pumps and applies at the same time. */
    DATABASE_POOL_MAX: z.coerce.number().int().min(4).max(200).default(10),
    /** How long `start` waits for a database that is away or takes no writes. */
    DATABASE_WAIT_SECONDS: z.coerce.number().min(0).max(86_400).default(60),
    PAYLOAD_SECRET: z.string().min(32).optional(),
    /** Where this server is reached from outside. */
    PUBLIC_URL: httpUrl.optional(),
    /** Where members' own pages are. */
    FRONTEND_URL: httpUrl.optional(),
    SIGNUP_PATH: z.string().startsWith('/').default('/signup'),
    /** Origins, separated by commas. Their pages may call the API with a member's cookie. */
    CORS_ORIGINS: list.pipe(z.array(httpUrl)),
    /** Bearer token for health details. */
    METRICS_TOKEN: z.string().min(16).optional(),
    /** How many proxies of ours are in front; that many entries of X-Forwarded-For are trusted. */
    TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
    /** Limits on signing in, registering and forgotten passwords; off in tests by default. */
    RATE_LIMITS: z.enum(['on', 'off']).optional(),
    /** Multiplies those limits, for a site with many members behind few addresses. */
    RATE_LIMIT_FACTOR: z.coerce.number().min(0.1).max(1000).default(1),
    /** `on`: a registration with a known address is answered by 409, which shows who has an account. */
    REVEAL_ACCOUNTS: z.enum(['on', 'off']).default('off'),
    /** 64 hexadecimal digits: encrypts codes and reset links that wait to be sent. */
    ENCRYPTION_KEY: z
      .string()
      .regex(/^[0-9a-f]{64}$/i, 'send 64 hexadecimal digits')
      .optional(),
    /** Keeps schedules elsewhere: another PostgreSQL with our migrations, or MongoDB. */
    JOBS_DATABASE_URL: z.url({ protocol: /^(postgres(ql)?|mongodb(\+srv)?)$/ }).optional(),
    /** The port of a worker's health routes and metrics; 0 takes any free one. */
    WORKER_PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
    /** Follow the clock at this address instead of the system's: for demo and proofs. */
    TRIBUTARY_CLOCK: httpUrl.optional(),
    /** How long a worker owns rows that it took from the outbox. */
    OUTBOX_LEASE_SECONDS: seconds(60),
    OUTBOX_OTP_LEASE_SECONDS: seconds(25),
    /** Wait before the second attempt; doubled for the third. */
    OUTBOX_RETRY_SECONDS: seconds(30),
    OUTBOX_OTP_RETRY_SECONDS: seconds(2),
    /** How long a message of unknown outcome waits for the provider's report. */
    OUTBOX_UNKNOWN_SECONDS: seconds(600),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
    /** Hosts of ours that requests may go to although they are private or without TLS. */
    PRIVATE_HOSTS: list,
    ...archiveSettings,
    ...messagingSettings,
    ...networkSettings,
    ...payoutSettings,
  })
  .transform((env) => ({
    ...env,
    TRIBUTARY_MODE: env.TRIBUTARY_MODE ?? (env.NODE_ENV === 'production' ? 'production' : 'demo'),
    RATE_LIMITS: env.RATE_LIMITS ?? (env.TRIBUTARY_MODE === 'test' ? 'off' : 'on'),
  }))

export type Env = z.output<typeof Env>

/** Reads the environment, reporting every mistake together, and never a value. */
export const readEnv = (source: Record<string, string | undefined> = process.env): Env => {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()))
  const result = Env.safeParse(filled)
  const mistakes = [
    ...(result.error?.issues ?? []).map(({ message, path }) => `${path.join('.')}: ${message}`),
    ...mistakesInProduction(filled),
    ...incompleteProviders(filled),
  ]
  if (result.success && mistakes.length === 0) return Object.freeze(result.data)
  throw new Error(`The environment is incomplete:\n  ${mistakes.join('\n  ')}`)
}

/** Checked apart, since a schema stops at its first level of mistakes. */
const mistakesInProduction = (source: Record<string, string | undefined>): string[] => {
  const fallback = source.NODE_ENV === 'production' ? 'production' : 'demo'
  if ((source.TRIBUTARY_MODE ?? fallback) !== 'production') return []
  const needed = ['DATABASE_URL', 'PAYLOAD_SECRET', 'PUBLIC_URL', 'ENCRYPTION_KEY']
  return [
    ...needed.filter((key) => !source[key]).map((key) => `${key}: needed in production`),
    ...Object.keys(source)
      .filter((key) => NOT_IN_PRODUCTION.test(key))
      .map((key) => `${key}: not in production`),
    ...mistakesInBaseUrls(source),
  ]
}

/** A clock and a bank that are not real. */
const NOT_IN_PRODUCTION = /^(TRIBUTARY_CLOCK|SIMULATED_BANK_.+)$/

/** A provider or network on a private host or without TLS is a mistake, or named on purpose. */
const mistakesInBaseUrls = (source: Record<string, string | undefined>): string[] => {
  const hosts = list.parse(source.PRIVATE_HOSTS)
  return Object.entries(source)
    .filter(([key, value]) => key.endsWith('_BASE_URL') && value && URL.canParse(value))
    .filter(([, value]) => refuseUrl(new URL(value ?? ''), hosts))
    .map(([key]) => `${key}: needs https and a public host, or its host in PRIVATE_HOSTS`)
}

/** The whole environment, for the processes we start. */
export const inheritedEnv = (): Record<string, string | undefined> => ({ ...process.env })

/**
 * Sets what a process determined itself, such as its embedded database, before the configuration is
 * read.
 */
export const provideEnv = (values: Record<string, string>): void => {
  Object.assign(process.env, values)
}
