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
const COMMAND_LINE = {
  tributary: 'src/cli/main.ts',
  // Runs in a thread of the web process, which finds it beside itself.
  fileThread: 'src/cashback/reconciliation/thread/fileThread.ts',
}

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

/** Bundles the program of a thread into one text, for a process that runs the sources. */
export const bundleToText = async (entry) => {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    logLevel: 'warning',
  })
  return outputFiles[0].text
}
