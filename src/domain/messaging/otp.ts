/** How a one-time code is made and how long it lasts. Its message names the minutes too. */
export const OTP = { digits: 6, codes: 1_000_000, minutes: 10, tries: 5 } as const

/**
 * A number as the code it stands for, leading zeros kept.
 *
 * @example generateOtp(4_213) // '004213'
 */
export const generateOtp = (number: number): string => String(number).padStart(OTP.digits, '0')

/**
 * The code in what somebody typed or pasted, spaces and hyphens left out; null where there is none.
 * What cannot be a code costs no try.
 *
 * @example normaliseOtp(' 402-913 ') // '402913'
 */
export const normaliseOtp = (typed: unknown): string | null => {
  if (typeof typed !== 'string' || typed.length > 40) return null
  const digits = typed.replaceAll(/[\s-]/g, '')
  return /^[0-9]{6}$/.test(digits) ? digits : null
}

/** When a code made at this moment ends. */
export const otpExpiry = (madeAt: Date): Date => new Date(madeAt.getTime() + OTP.minutes * 60_000)

/**
 * What whoever typed a wrong code is told.
 *
 * @example wrongOtpMessage(1) // 'That is not the code. 1 try is left.'
 */
export const wrongOtpMessage = (triesLeft: number): string => {
  if (triesLeft <= 0) return 'That is not the code, and no try is left. Ask for a new one.'
  return `That is not the code. ${triesLeft === 1 ? '1 try is' : `${triesLeft} tries are`} left.`
}
