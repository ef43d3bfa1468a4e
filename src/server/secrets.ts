import { randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'

import { z } from 'zod'

const Secrets = z.object({
  payloadSecret: z.string(),
  databasePassword: z.string(),
  /** The password of the demo's people. */
  demoPassword: z.string(),
  /** The API key of the demo's payment processor. */
  demoApiKey: z.string(),
})
export type Secrets = z.infer<typeof Secrets>

/** Secrets of a demo or development set-up: generated once, in a file with mode 0600. */
export const ensureSecrets = async (dataDir: string): Promise<Secrets> => {
  const file = path.join(dataDir, 'secrets.json')
  await fs.mkdir(dataDir, { recursive: true })
  const fresh: Secrets = {
    payloadSecret: randomBytes(32).toString('hex'),
    databasePassword: randomBytes(16).toString('hex'),
    demoPassword: randomBytes(6).toString('hex'),
    demoApiKey: randomBytes(24).toString('hex'),
  }
  // Written under another name and linked: of two processes one wins, and none reads half a file.
  const written = `${file}.${process.pid}`
  await fs.writeFile(written, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600 })
  await fs.link(written, file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  })
  await fs.rm(written)
  return Secrets.parse(JSON.parse(await fs.readFile(file, 'utf8')))
}
