/**
 * A stored name as people read it.
 *
 * @example wordOf('partly-reversed') // 'Partly reversed'
 */
export const wordOf = (name: string): string => {
  const words = name.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
