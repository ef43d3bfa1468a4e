import fs from 'node:fs/promises'

import { isAlive } from './isAlive.ts'

/**
 * Decides who stops a shared embedded server: the process that started it or, once that one is
 * dead (kill -9), the next that finds it. True when it is now ours to stop.
 */
export const claimServer = async (ownerFile: string): Promise<boolean> => {
  if (await isOwnedByAnother(ownerFile)) return false
  await fs.writeFile(ownerFile, String(process.pid))
  return true
}

/** True when another living process is to stop the server. */
export const isOwnedByAnother = async (ownerFile: string): Promise<boolean> => {
  const owner = Number(await fs.readFile(ownerFile, 'utf8').catch(() => ''))
  return owner > 0 && owner !== process.pid && isAlive(owner)
}
