/** A whole number of a query, held within its bounds; `otherwise` where there is none. */
export const numberIn = (
  text: string | null,
  { least = 0, most = Number.MAX_SAFE_INTEGER, otherwise }: Bounds,
): number => {
  const value = /^\d+$/.test(text ?? '') ? Number(text) : otherwise
  return Math.min(Math.max(value, least), most)
}

type Bounds = { least?: number; most?: number; otherwise: number }
