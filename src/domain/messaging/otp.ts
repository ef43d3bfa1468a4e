import { DomainError } from '../errors.ts'

/** The format and lifetime of a one-time code. `minutes` is also named in its message. */
export const OTP = { digits: 6, codes: 1_000_000, minutes: 10, tries: 5 } as const

/**
 * Formats a random number as a one-time code, with its leading zeros.
 *
 * @example generateOtp(4_213) // '004213'
 */
export const generateOtp = (number: number): string => String(number).padStart(OTP.digits, '0')

/**
 * Reads the code from typed or pasted text, without spaces and hyphens. Returns null if the text
 * contains no code; such a text does not count as a try.
 *
 * @example normaliseOtp(' 402-913 ') // '402913'
 */
export const normaliseOtp = (typed: unknown): string | null => {
  if (typeof typed !== 'string' || typed.length > 40) return null
  const digits = typed.replaceAll(/[\s-]/g, '')
  return /^[0-9]{6}$/.test(digits) ? digits : null
}

/**
 * Reads the code from typed or pasted text, as `normaliseOtp` does.
 *
 * @throws DomainError `otp.malformed-code` (details name the field)
 */
export const requireCode = (typed: unknown): string => {
  const code = normaliseOtp(typed)
  if (code !== null) return code
  const message = `Enter the ${OTP.digits} digits of the code, as text.`
  throw new DomainError('otp.malformed-code', message, { field: 'code' })
}

/** Returns the time when a code of this time expires. */
export const otpExpiry = (madeAt: Date): Date => new Date(madeAt.getTime() + OTP.minutes * 60_000)

/**
 * Returns the message after a wrong code.
 *
 * @example wrongOtpMessage(1) // 'That is not the code. 1 try is left.'
 */
export const wrongOtpMessage = (triesLeft: number): string => {
  if (triesLeft <= 0) return 'That is not the code, and no try is left. Request a new one.'
  return `That is not the code. ${triesLeft === 1 ? '1 try is' : `${triesLeft} tries are`} left.`
}
