import type { AnyFault } from './types.ts'

/** Without `times` and `probability` a dial spoils every request until it is taken away. */
export type Dial = {
  /** A messaging provider, or a network. */
  provider: string
  fault: AnyFault
  /** How many requests it lets pass first. */
  after?: number | undefined
  times?: number | undefined
  probability?: number | undefined
  /** How long `slow` takes, and what a rate limit tells to wait. */
  seconds?: number | undefined
  /** The same seed spoils the same requests again. */
  seed?: number | undefined
}

export type Faults = ReturnType<typeof createFaults>

/** The dials that are set. The oldest that strikes decides; a request meets one fault at most. */
export const createFaults = () => {
  let dials: Dial[] = []
  const randoms = new WeakMap<Dial, () => number>()
  return {
    set: (dial: Dial) => {
      const own = { ...dial }
      randoms.set(own, randomOf(dial.seed ?? 1))
      dials.push(own)
    },
    clear: (provider?: string) => {
      dials = dials.filter((dial) => provider !== undefined && dial.provider !== provider)
    },
    list: (): readonly Dial[] => dials,
    /** The fault the next request of a provider meets, of those that it can show. */
    next: (provider: string, canShow: (fault: AnyFault) => boolean = () => true): Dial | null => {
      if (dials.length === 0) return null
      const dial = dials.find(
        (each) =>
          each.provider === provider &&
          canShow(each.fault) &&
          !passes(each) &&
          (randoms.get(each)?.() ?? 0) < (each.probability ?? 1),
      )
      if (!dial) return null
      if (dial.times !== undefined) {
        dial.times -= 1
        if (dial.times <= 0) dials = dials.filter((each) => each !== dial)
      }
      return dial
    },
  }
}

const passes = (dial: Dial): boolean => {
  if (!dial.after) return false
  dial.after -= 1
  return true
}

/** Mulberry32: small, and the same on every machine. */
const randomOf = (seed: number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let value = Math.imul(state ^ (state >>> 15), state | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32
  }
}
