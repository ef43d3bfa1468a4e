import crypto from 'node:crypto'

/**
 * Makes Payload hash passwords with one round instead of 600,000 in this process: tests create and
 * sign in hundreds of people, and a full hash takes 0.2 s of CPU. Payload calls the default export
 * of `node:crypto`.
 *
 * @returns a function that restores the full cost
 */
export const hashPasswordsCheaply = (): (() => void) => {
  const atFullCost = crypto.pbkdf2
  crypto.pbkdf2 = (password, salt, _iterations, ...rest) => {
    atFullCost(password, salt, 1, ...rest)
  }
  return () => {
    crypto.pbkdf2 = atFullCost
  }
}
