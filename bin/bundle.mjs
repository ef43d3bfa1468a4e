import fs from 'node:fs'
import path from 'node:path'
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
/** Runs in a child process for each file of staff: see `findReaderProgram`. */
const FILE_READER = 'src/cashback/reconciliation/child/fileReader.ts'

/**
 * Bundles programs (names and their sources) into a folder, so that they start without a compiler:
 * by default the command line, which contains the server. `keepNames` keeps the names of functions.
 * The program that reads files is put beside them.
 */
export const bundle = async (outdir, entryPoints = COMMAND_LINE, { keepNames = false } = {}) => {
  const { build } = await import('esbuild')
  const building = build({
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
  await Promise.all([building, bundleChild(FILE_READER, outdir)])
}

/**
 * Bundles the program of a child process with its packages, and returns its file. It starts in half
 * of the time that it takes to find and load each package.
 */
export const bundleChild = async (entry, outdir = `${root}dist/sources`) => {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'warning',
  })
  const file = path.join(outdir, `${path.basename(entry, '.ts')}.cjs`)
  fs.mkdirSync(outdir, { recursive: true })
  // Renamed when it is whole, because the processes of the tests do this at once.
  fs.writeFileSync(`${file}.${process.pid}`, outputFiles[0].contents)
  fs.renameSync(`${file}.${process.pid}`, file)
  return file
}
