import { hash } from 'node:crypto'

/** Ids that were seen. */
export type IdSet = {
  /** Whether the id is new. */
  add: (id: string) => boolean
  size: () => number
}

const FIRST_SLOTS = 1_024
const HALVES = 2

/**
 * A set of ids that keeps 63 bits of a digest of each, outside of the heap: a list has hundreds of
 * thousands, and a `Set` of them takes five times the memory. Of a million ids two are taken for one
 * once in ten million lists.
 */
export const idSet = (): IdSet => {
  let slots = new Uint32Array(FIRST_SLOTS * HALVES)
  let size = 0
  const grow = (): void => {
    const full = slots
    slots = new Uint32Array(full.length * 2)
    for (let at = 0; at < full.length; at += HALVES) {
      const [high = 0, low = 0] = [full[at], full[at + 1]]
      if (low !== 0) slots.set([high, low], placeOf(slots, high, low))
    }
  }
  return {
    size: () => size,
    add: (id) => {
      const digest = hash('sha256', id, 'buffer')
      const high = digest.readUInt32LE(0)
      // Never zero, which is how an empty slot is told.
      const low = (digest.readUInt32LE(4) | 1) >>> 0
      const place = placeOf(slots, high, low)
      if (slots[place + 1] !== 0) return false
      slots.set([high, low], place)
      size += 1
      if (size * HALVES * 4 > slots.length * 3) grow()
      return true
    },
  }
}

/** Where it is, or belongs: the first slot from its own that has it, or nothing. */
const placeOf = (slots: Uint32Array, high: number, low: number): number => {
  let place = (high * HALVES) % slots.length
  const isOthers = () => slots[place] !== high || slots[place + 1] !== low
  while (slots[place + 1] !== 0 && isOthers()) place = (place + HALVES) % slots.length
  return place
}
