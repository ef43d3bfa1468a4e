const COUNT = new Intl.NumberFormat('en-IN')

/** A number of things, grouped as money is: `1,23,456`. */
export const formatCount = (count: number): string => COUNT.format(count)

/** `1 payment`, `2,914 payments`. */
export const countOf = (count: number, thing: string): string =>
  `${formatCount(count)} ${count === 1 ? thing : `${thing}s`}`

/** The change from an earlier figure, as `▲ 6.2 %`; null when the earlier figure is zero. */
export const formatChange = (now: number, before: number): string | null => {
  if (before === 0) return null
  const percent = ((now - before) / Math.abs(before)) * 100
  const size = Math.abs(percent).toFixed(1)
  if (size === '0.0') return '0.0 %'
  return `${percent > 0 ? '▲' : '▼'} ${size} %`
}
