const STEPS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const

/**
 * A span in its two largest units.
 *
 * @example formatAge(112) // '1 min 52 s'
 */
export const formatAge = (seconds: number | null): string => {
  if (seconds === null) return '—'
  let rest = Math.round(seconds)
  const parts: string[] = []
  for (const [unit, size] of STEPS) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count} ${unit}`)
    else if (parts.length > 0) break
  }
  return parts.slice(0, 2).join(' ') || '0 s'
}
