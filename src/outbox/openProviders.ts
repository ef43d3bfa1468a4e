import type { Channel } from '../messaging/types.ts'
import { mostAtOnce, takeTurn } from './takeTurn.ts'

type Asked = Omit<Parameters<typeof takeTurn>[0], 'provider'> & {
  /** In the order in which they are tried. */
  providers: Pick<Channel, 'maxPerSecond' | 'name'>[]
  signal: AbortSignal
}
/** The first that takes messages now, by its place, and how many; or how long none does. */
export type Opening = { from: number; count: number } | { restMs: number }

/**
 * Waits for a turn with the first provider that is not to be left alone, so that the rest one asks
 * for stops nothing while another is there. When all rest it does not wait, but says for how long.
 */
export const openProviders = async (asked: Asked): Promise<Opening> => {
  const { count, isCodes, payload, providers, signal } = asked
  if (providers.length === 0) return { from: 0, count }
  let restMs = Number.POSITIVE_INFINITY
  for (const [from, provider] of providers.entries()) {
    const atOnce = Math.min(count, mostAtOnce(provider, isCodes))
    const ms = await takeTurn({ payload, provider, count: atOnce, isCodes }, signal)
    if (ms === null) return { from, count: atOnce }
    restMs = Math.min(restMs, ms)
  }
  return { restMs }
}
