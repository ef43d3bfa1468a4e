import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'

import { projectRoot } from '../../src/platform/projectRoot.ts'

/** Returns the short hash of the checked out commit, and says if files differ from it. */
export const readCommit = (): string => {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: projectRoot(), encoding: 'utf8' }).trim()
  try {
    const isDirty = git('status', '--porcelain', '--', ':!docs/proofs') !== ''
    return git('rev-parse', '--short', 'HEAD') + (isDirty ? ' with changes' : '')
  } catch {
    return 'unknown'
  }
}

/** Derives the seed from the commit: the same on every machine, another for every commit. */
export const seedOf = (commit: string): number => {
  const seed = Number.parseInt(commit.slice(0, 7), 16)
  return Number.isNaN(seed) ? randomInt(2 ** 31) : seed
}
