import { createHash, hash } from 'node:crypto'

/** Hashes a JSON value to 32 hexadecimal digits. */
export const hashJson = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32)

type StableFields = {
  programId: string | null
  orderId: string | null
  subId: string | null
  eventAt: string
  /** Another field that never changes, such as the goal. */
  more?: string | null
}

/**
 * Generates the id of a transaction that has none, from fields that never change. It leaves out the
 * status, the amounts, and the click of an order, which a network may correct. Two transactions
 * that differ in nothing else get the same id.
 */
export const generateId = ({
  eventAt,
  more = null,
  orderId,
  programId,
  subId,
}: StableFields): string =>
  `made-${hashJson([programId, orderId, orderId === null ? subId : null, eventAt, more])}`

/** A set of ids. */
export type IdSet = {
  /** Adds the id; true if it is new. */
  add: (id: string) => boolean
  size: () => number
}

const FIRST_SLOTS = 1_024
const WORDS_PER_SLOT = 2

/**
 * Creates a set of ids that stores 63 bits of each id's digest, outside of the heap. A list has
 * hundreds of thousands of ids, and a `Set` would take five times the memory. Among a million ids,
 * the probability of a collision is one in ten million.
 */
export const createIdSet = (): IdSet => {
  let slots = new Uint32Array(FIRST_SLOTS * WORDS_PER_SLOT)
  let size = 0
  const grow = (): void => {
    const full = slots
    slots = new Uint32Array(full.length * 2)
    for (let at = 0; at < full.length; at += WORDS_PER_SLOT) {
      const [high = 0, low = 0] = [full[at], full[at + 1]]
      if (low !== 0) slots.set([high, low], findSlot(slots, high, low))
    }
  }
  return {
    size: () => size,
    add: (id) => {
      const digest = hash('sha256', id, 'buffer')
      const high = digest.readUInt32LE(0)
      // Never zero: a zero marks an empty slot.
      const low = (digest.readUInt32LE(4) | 1) >>> 0
      const place = findSlot(slots, high, low)
      if (slots[place + 1] !== 0) return false
      slots.set([high, low], place)
      size += 1
      if (size * WORDS_PER_SLOT * 4 > slots.length * 3) grow()
      return true
    },
  }
}

/** Finds the digest's slot, or the first empty one after it (linear probing). */
const findSlot = (slots: Uint32Array, high: number, low: number): number => {
  let place = (high * WORDS_PER_SLOT) % slots.length
  const isTaken = () => slots[place] !== high || slots[place + 1] !== low
  while (slots[place + 1] !== 0 && isTaken()) place = (place + WORDS_PER_SLOT) % slots.length
  return place
}
