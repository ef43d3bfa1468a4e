import { spawn } from 'node:child_process'
import fs from 'node:fs/promises'
import path from 'node:path'

import { sourceHash } from '../../bin/sourceHash.mjs'
import { inheritedEnv } from '../env.ts'
import { projectRoot } from '../projectRoot.ts'
import { bundle } from './bundle.ts'

/** No secret ends in a build: pages are rendered on request, with the secret of the process. */
const PLACEHOLDER_SECRET = 'only-while-building-never-used-to-sign'

/** Builds Next and the bundle; answers false when both are of the present sources already. */
export const buildOnce = async (): Promise<boolean> => {
  const root = projectRoot()
  const stamp = path.join(root, 'dist/stamp')
  const hash = sourceHash()
  const isBuilt = (file: string) => fs.readFile(path.join(root, file), 'utf8').catch(() => '')
  if ((await isBuilt('dist/stamp')) === hash && (await isBuilt('.next/BUILD_ID'))) return false

  // Without its stamp, a build that is cut short is not taken for one.
  await fs.rm(stamp, { force: true })
  await buildPages(root)
  await bundle(path.join(root, 'dist'))
  await fs.writeFile(stamp, hash)
  return true
}

const buildPages = (root: string): Promise<void> =>
  new Promise((resolve, reject) => {
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
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => output.push(part))
    child.on('error', reject)
    child.on('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`next build failed:\n${Buffer.concat(output).toString()}`))
    })
  })
