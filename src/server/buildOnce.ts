import { spawn } from 'node:child_process'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

import { bundleOnce } from '../../bin/bundle.mjs'
import { sourceHash } from '../../bin/sourceHash.mjs'
import { inheritedEnv } from '../config/env.ts'
import { projectRoot } from '../platform/projectRoot.ts'

/** A build contains no secret: pages are rendered on request, with the secret of the process. */
const PLACEHOLDER_SECRET = 'only-while-building-never-used-to-sign'

/** Makes the bundle and the admin's pages; returns false when both are up to date. */
export const buildOnce = async (): Promise<boolean> => {
  const isBundled = await bundleOnce()
  return (await buildPagesOnce()) || isBundled
}

/**
 * Builds the admin's pages, which takes a minute; returns false when they are up to date. In the
 * background it runs at low priority.
 */
export const buildPagesOnce = async ({ inBackground = false } = {}): Promise<boolean> => {
  const stamp = path.join(projectRoot(), '.next/stamp')
  const hash = sourceHash()
  if ((await fs.readFile(stamp, 'utf8').catch(() => '')) === hash) return false
  // Without its stamp, a build that is cut short is not taken for a whole one.
  await fs.rm(stamp, { force: true })
  await buildPages(inBackground)
  await fs.writeFile(stamp, hash)
  return true
}

const buildPages = (inBackground: boolean): Promise<void> =>
  new Promise((resolve, reject) => {
    const root = projectRoot()
    const output: Buffer[] = []
    const child = spawn(
      process.execPath,
      [path.join(root, 'node_modules/next/dist/bin/next'), 'build'],
      {
        cwd: root,
        env: {
          ...inheritedEnv(),
          NODE_ENV: 'production',
          TRIBUTARY_MODE: 'demo',
          PAYLOAD_SECRET: PLACEHOLDER_SECRET,
          NEXT_TELEMETRY_DISABLED: '1',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    if (inBackground && child.pid) os.setPriority(child.pid, os.constants.priority.PRIORITY_LOW)
    const end = () => child.kill()
    process.once('exit', end)
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => output.push(part))
    child.on('error', reject)
    child.on('exit', (code) => {
      process.off('exit', end)
      if (code === 0) resolve()
      else reject(new Error(`next build failed:\n${Buffer.concat(output).toString()}`))
    })
  })
