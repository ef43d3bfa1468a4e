/**
 * Returns the label of a stored value, for people.
 *
 * @example labelOf('partly-reversed') // 'Partly reversed'
 */
export const labelOf = (name: string): string => {
  const label = name.replaceAll('-', ' ').replace(/\b(otp|sms)\b/g, (short) => short.toUpperCase())
  return label.charAt(0).toUpperCase() + label.slice(1)
}
