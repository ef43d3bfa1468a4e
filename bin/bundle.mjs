import fs from 'node:fs'
import { fileURLToPath } from 'node:url'

import { sourceHash } from './sourceHash.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const stamp = `${root}dist/stamp`

/** The command line in plain JavaScript. It starts ten times faster than the sources. */
export const bundleFile = `${root}dist/tributary.js`

/** Whether the bundle was made of the present sources. One that was cut short has no stamp. */
export const isBundleFresh = () =>
  fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === sourceHash()

/** Bundles the sources in a second; returns false when the bundle is up to date. */
export const bundleOnce = async () => {
  if (isBundleFresh()) return false
  const hash = sourceHash()
  fs.rmSync(stamp, { force: true })
  await bundle(`${root}dist`)
  fs.writeFileSync(stamp, hash)
  return true
}

/** Writes server and command line into a folder, so that they start without a compiler. */
export const bundle = async (outdir) => {
  const { build } = await import('esbuild')
  await build({
    absWorkingDir: root,
    entryPoints: { tributary: 'src/cli/main.ts' },
    outdir,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  })
}
