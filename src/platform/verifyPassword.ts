import crypto from 'node:crypto'

/** Payload's stored form of a password; null where there is no account. */
export type StoredPassword = { hash: string | null; salt: string | null } | null

/**
 * Payload's format since 3.90 (auth/strategies/local/generatePasswordSaltHash): 600,000 rounds of
 * PBKDF2 with SHA-256, 32 bytes, after this prefix. Payload exports no function that compares.
 */
const PREFIX = 'pbkdf2-sha256-v1:'
const ROUNDS = 600_000
const BYTES = 32
const NO_ONE = { hash: `${PREFIX}${'0'.repeat(BYTES * 2)}`, salt: '0'.repeat(64) }

/**
 * Compares a password with the stored one, in constant time. Without an account it hashes all the
 * same and returns false, so that the time shows nothing.
 */
export const verifyPassword = async (
  stored: StoredPassword,
  password: string,
): Promise<boolean> => {
  const isStored = stored?.hash?.startsWith(PREFIX) === true && stored.salt !== null
  const hash = (isStored && stored.hash) || NO_ONE.hash
  const salt = (isStored && stored.salt) || NO_ONE.salt
  const expected = Buffer.from(hash.slice(PREFIX.length), 'hex')
  const given = await derive(password, salt)
  return isStored && expected.length === BYTES && crypto.timingSafeEqual(expected, given)
}

/** By the default export, as Payload calls it: the tests lower its cost there. */
const derive = (password: string, salt: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    crypto.pbkdf2(password, salt, ROUNDS, BYTES, 'sha256', (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
