import fs from 'node:fs/promises'

import { isAlive } from './isAlive.ts'

/**
 * Decides which process stops a shared embedded server: the one that started it or, once that one
 * is dead (kill -9), the next that finds it. Returns true if that is now this process.
 */
export const claimServer = async (ownerFile: string): Promise<boolean> => {
  if (await isOwnedByAnother(ownerFile)) return false
  await fs.writeFile(ownerFile, String(process.pid))
  return true
}

/** Whether another living process owns the server and will stop it. */
export const isOwnedByAnother = async (ownerFile: string): Promise<boolean> => {
  const owner = Number(await fs.readFile(ownerFile, 'utf8').catch(() => ''))
  return owner > 0 && owner !== process.pid && isAlive(owner)
}
