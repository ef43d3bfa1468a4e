/**
 * A stored name as people read it.
 *
 * @example wordOf('partly-reversed') // 'Partly reversed'
 */
export const wordOf = (name: string): string => {
  const words = name.replaceAll('-', ' ').replace(/\b(otp|sms)\b/g, (short) => short.toUpperCase())
  return words.charAt(0).toUpperCase() + words.slice(1)
}
