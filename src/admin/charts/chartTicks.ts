/**
 * Returns round values from 0 to at least `largest`, for the lines of a chart: steps of 1, 2 or 5
 * times a power of ten, at most five of them.
 */
export const chartTicks = (largest: number): number[] => {
  if (largest <= 0) return [0]
  const power = 10 ** Math.floor(Math.log10(largest / 4))
  const step = [1, 2, 5, 10].map((by) => by * power).find((size) => size * 4 >= largest)
  if (!step) return [0]
  const whole = Math.max(1, step)
  return Array.from({ length: Math.ceil(largest / whole) + 1 }, (_, index) => index * whole)
}
