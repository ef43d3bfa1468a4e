import { createHash } from 'node:crypto'

/** The previous seal of the first day. */
export const FIRST_PREVIOUS = '0'.repeat(64)

/** What a day's seal proves. Hashes are SHA-256 in lower-case hexadecimal. */
export type SealedFacts = {
  /** A day in UTC: `2026-11-29`. */
  day: string
  transfers: number
  transfersHash: string
  auditRows: number
  auditHash: string
  /** The seal of the day before; zeros for the first day. */
  previousSeal: string
}

/**
 * Returns the seal of a day: SHA-256 over a name of the format and the facts, one a line. Anybody
 * can compute it with `sha256sum`. Each seal proves all days before it.
 */
export const computeSeal = (facts: SealedFacts): string =>
  createHash('sha256')
    .update(
      [
        'tributary-proof-1',
        facts.day,
        facts.transfers,
        facts.transfersHash,
        facts.auditRows,
        facts.auditHash,
        facts.previousSeal,
      ].join('\n'),
    )
    .digest('hex')
