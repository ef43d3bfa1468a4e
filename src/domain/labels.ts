/**
 * Returns the label of a stored name.
 *
 * @example labelOf('partly-reversed') // 'Partly reversed'
 */
export const labelOf = (name: string): string => {
  const words = name.replaceAll('-', ' ').replace(/\b(otp|sms)\b/g, (short) => short.toUpperCase())
  return words.charAt(0).toUpperCase() + words.slice(1)
}
