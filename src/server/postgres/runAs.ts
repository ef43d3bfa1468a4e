import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

export type Identity = { uid: number; gid: number; name: string }

/**
 * Returns the user that PostgreSQL runs as, since it refuses to run as root: the system's user
 * `postgres`, else the unprivileged user that every Unix has. Undefined if this process does not
 * run as root.
 */
export const runAs = (): Identity | undefined => {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    try {
      const uid = Number(execFileSync('id', ['-u', name], { stdio: 'pipe' }))
      const gid = Number(execFileSync('id', ['-g', name], { stdio: 'pipe' }))
      return { uid, gid, name }
    } catch {
      // No such user on this machine: try the next.
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is no other user. Set DATABASE_URL.')
}

/**
 * Root's own folders are often closed (mode 0700), and then PostgreSQL cannot be reached in them.
 *
 * @throws Error that names the folder and the remedy, in one line
 */
export const assertReachable = (file: string, identity: Identity | undefined): void => {
  if (!identity) return
  for (let dir = path.dirname(file); dir !== path.dirname(dir); dir = path.dirname(dir)) {
    const { gid, mode, uid } = fs.statSync(dir)
    const bit = uid === identity.uid ? 0o100 : gid === identity.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) {
      throw new Error(
        `PostgreSQL runs as "${identity.name}", who cannot enter ${dir}: run "chmod o+x ${dir}", move the project, run it as an ordinary user, or set DATABASE_URL.`,
      )
    }
  }
}
