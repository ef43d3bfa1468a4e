import type { AnyFault } from './types.ts'

/** Without `times` and `probability`, a fault rule applies to every request until it is cleared. */
export type FaultRule = {
  /** A messaging provider, a network or a payout provider. */
  provider: string
  fault: AnyFault
  /** The number of requests that pass before it applies. */
  after?: number | undefined
  times?: number | undefined
  probability?: number | undefined
  /** How long `slow` takes, and the time that a rate limit names. */
  seconds?: number | undefined
  /** The size of an answer that fills memory. Without it, the size of each such fault. */
  megabytes?: number | undefined
  /** Of a payout provider: applies to look-ups instead of orders. */
  isForLookUps?: boolean | undefined
  /** The same seed selects the same requests. */
  seed?: number | undefined
}

export type FaultRules = ReturnType<typeof createFaultRules>

/**
 * Creates the list of fault rules. The oldest rule that applies wins: a request gets at most one
 * fault.
 */
export const createFaultRules = () => {
  let rules: FaultRule[] = []
  const randoms = new WeakMap<FaultRule, () => number>()
  return {
    set: (rule: FaultRule) => {
      const own = { ...rule }
      randoms.set(own, createRandom(rule.seed ?? 1))
      rules.push(own)
    },
    clear: (provider?: string) => {
      rules = rules.filter((rule) => provider !== undefined && rule.provider !== provider)
    },
    list: (): readonly FaultRule[] => rules,
    /** Takes the rule for the provider's next request, among the faults that it can show. */
    next: (
      provider: string,
      canShow: (fault: AnyFault, rule: FaultRule) => boolean = () => true,
    ): FaultRule | null => {
      if (rules.length === 0) return null
      const rule = rules.find(
        (each) =>
          each.provider === provider &&
          canShow(each.fault, each) &&
          !letsPass(each) &&
          (randoms.get(each)?.() ?? 0) < (each.probability ?? 1),
      )
      if (!rule) return null
      if (rule.times !== undefined) {
        rule.times -= 1
        if (rule.times <= 0) rules = rules.filter((each) => each !== rule)
      }
      return rule
    },
  }
}

const letsPass = (rule: FaultRule): boolean => {
  if (!rule.after) return false
  rule.after -= 1
  return true
}

/** Mulberry32: small, with the same results on every machine. */
const createRandom = (seed: number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let value = Math.imul(state ^ (state >>> 15), state | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32
  }
}
