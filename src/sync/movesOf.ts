import type { Decided } from './types.ts'

/** What a member's wallet gets, or gives back where it is below zero. Never zero. */
export type Move = { member: string; deltaMinor: number; currency: string }

/**
 * The moves that bring a wallet from what of an order is in it to what should be: mostly one, or
 * none. A sale that turns out to be in another currency, or another member's, gives all of the first
 * back.
 */
export const movesOf = ({ creditMinor, sale }: Pick<Decided, 'creditMinor' | 'sale'>): Move[] => {
  const { currency, event, member } = sale
  const credited = event?.creditedMinor ?? 0
  const moves =
    event && (event.currency !== currency || event.member !== member)
      ? [
          { member: event.member, deltaMinor: -credited, currency: event.currency },
          { member, deltaMinor: creditMinor, currency },
        ]
      : [{ member, deltaMinor: creditMinor - credited, currency }]
  return moves.filter(({ deltaMinor }) => deltaMinor !== 0)
}
