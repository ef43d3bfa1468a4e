import { createHash } from 'node:crypto'

import { sql } from '@payloadcms/db-postgres'
import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

import { consumePoint, type Limit, openRateLimiter } from './rateLimiters.ts'

/** Wrong passwords for one account from one address. */
const PAIR = { name: 'sign-in-pair', points: 5, seconds: 600, canBeLifted: true } satisfies Limit
/** Wrong passwords for one account from all addresses that it has never signed in from. */
const STRANGERS = {
  name: 'sign-in-strangers',
  points: 20,
  seconds: 3_600,
  canBeLifted: true,
} satisfies Limit
/** Addresses that an account signed in from. */
const KNOWN = {
  name: 'sign-in-known',
  points: 1,
  seconds: 90 * 86_400,
  canBeLifted: true,
} satisfies Limit

export type SignIn = { email: string; address: string }
type Host = Pick<Payload, 'db'>

/**
 * Counts a sign-in before its password is compared, so that concurrent guesses count as well. An
 * account is locked for the address that guesses, and after guesses from many for every address that
 * it has not signed in from in 90 days: strangers cannot lock a member out, and cannot guess on.
 * Unknown accounts count alike.
 *
 * @returns the seconds until another attempt, when the account is locked for the address; else null
 */
export const countSignIn = async (host: Host, signIn: SignIn): Promise<number | null> => {
  const pair = await consumePoint(openRateLimiter(host, PAIR), toPair(signIn))
  if (pair !== null) return toSeconds(pair)
  if ((await openRateLimiter(host, KNOWN).get(toPair(signIn))) !== null) return null
  const strangers = await consumePoint(openRateLimiter(host, STRANGERS), toAccount(signIn))
  return strangers === null ? null : toSeconds(strangers)
}

/** Takes a successful sign-in off the counts, and remembers the address of the account. */
export const forgiveSignIn = async (host: Host, signIn: SignIn): Promise<void> => {
  const known = openRateLimiter(host, KNOWN)
  const wasKnown = (await known.get(toPair(signIn))) !== null
  await openRateLimiter(host, PAIR).delete(toPair(signIn))
  if (!wasKnown) await openRateLimiter(host, STRANGERS).reward(toAccount(signIn), 1)
  await rememberAddress(host, signIn)
}

/** Remembers that an account is used from an address. */
export const rememberAddress = async (host: Host, signIn: SignIn): Promise<void> => {
  const known = openRateLimiter(host, KNOWN)
  await known.set(toPair(signIn), 1, KNOWN.seconds)
}

/** Returns until when an account is locked for some address; null when it is not. */
export const findLock = async (host: Host, email: string): Promise<Date | null> => {
  const rows = await listCounters(host, email)
  const limits = { [PAIR.name]: PAIR.points, [STRANGERS.name]: STRANGERS.points }
  const ends = rows
    .filter(({ key, points }) => points > (limits[key.split(':')[0] ?? ''] ?? Infinity))
    .map(({ expire }) => Number(expire))
  return ends.length > 0 ? new Date(Math.max(...ends)) : null
}

/** Lifts all locks of an account. */
export const liftLocks = async (host: Host, email: string): Promise<void> => {
  for (const { key } of await listCounters(host, email)) {
    const [name = '', ...rest] = key.split(':')
    const limit = name === PAIR.name ? PAIR : STRANGERS
    await openRateLimiter(host, limit).delete(rest.join(':'))
  }
}

type Counter = { key: string; points: number; expire: string }

const listCounters = async ({ db }: Host, email: string): Promise<Counter[]> => {
  const account = toAccount({ email })
  const { rows } = await (db as unknown as PostgresAdapter).drizzle.execute<Counter>(sql`
    select key, points, expire from rate_limits
    where expire > ${Date.now()} and (key = ${`${STRANGERS.name}:${account}`}
      or starts_with(key, ${`${PAIR.name}:${account} `}))`)
  return rows
}

const toSeconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1_000))

/** A digest, so that the table of counters holds no address. */
const toAccount = ({ email }: Pick<SignIn, 'email'>): string =>
  createHash('sha256').update(email.trim().toLowerCase()).digest('base64url')

const toPair = (signIn: SignIn): string => `${toAccount(signIn)} ${signIn.address}`
