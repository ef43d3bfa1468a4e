import type { IncomingMessage } from 'node:http'

/** The bytes of all bodies that may be held at once; the process has some 700 MB. */
const MAX_HELD = 96 * 1024 * 1024

export type BodyBudget = {
  /** Counts bytes of a request. False when they do not fit, whatever else is given up. */
  take: (request: IncomingMessage, bytes: number) => boolean
  /** Returns what a request has taken, once it is answered. */
  release: (request: IncomingMessage) => void
}

/**
 * Creates the budget of the bytes that unanswered requests hold. Each body has a limit of its own,
 * but thousands of clients could send almost whole bodies and then wait. When the budget is used up,
 * the oldest body that is still incomplete is given up, by `giveUp`: ordinary bodies arrive within
 * moments.
 */
export const createBodyBudget = (
  giveUp: (request: IncomingMessage) => void,
  maxHeld: number = MAX_HELD,
): BodyBudget => {
  const held = new Map<IncomingMessage, number>()
  let total = 0
  const release = (request: IncomingMessage): void => {
    total -= held.get(request) ?? 0
    held.delete(request)
  }
  const giveUpOldest = (but: IncomingMessage): boolean => {
    for (const request of held.keys()) {
      if (request === but || request.complete) continue
      release(request)
      giveUp(request)
      return true
    }
    return false
  }
  return {
    release,
    take: (request, bytes) => {
      while (total + bytes > maxHeld) if (!giveUpOldest(request)) return false
      total += bytes
      held.set(request, (held.get(request) ?? 0) + bytes)
      return true
    },
  }
}
