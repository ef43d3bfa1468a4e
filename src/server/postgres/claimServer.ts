import fs from 'node:fs/promises'

import { isAlive } from './isAlive.ts'

/**
 * Decides who stops a shared embedded server: the process that started it or, once that one is
 * dead (kill -9), the next that finds it. True when it is now ours to stop.
 */
export const claimServer = async (ownerFile: string): Promise<boolean> => {
  const owner = Number(await fs.readFile(ownerFile, 'utf8').catch(() => ''))
  if (owner && owner !== process.pid && isAlive(owner)) return false
  await fs.writeFile(ownerFile, String(process.pid))
  return true
}
