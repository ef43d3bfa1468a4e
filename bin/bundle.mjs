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

/** @type {Record<string, string>} */
const COMMAND_LINE = { tributary: 'src/cli/main.ts' }

/**
 * Bundles programs (names and their sources) into a folder, so that they start without a compiler:
 * by default the command line, which contains the server. `keepNames` keeps the names of functions.
 */
export const bundle = async (outdir, entryPoints = COMMAND_LINE, { keepNames = false } = {}) => {
  const { build } = await import('esbuild')
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir,
    keepNames,
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
