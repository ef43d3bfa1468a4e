import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { projectRoot } from '../../../platform/projectRoot.ts'

/** A program for `new Worker`: a file, or its text. */
type ThreadProgram = { source: string; isText: boolean }

const SOURCE = 'src/cashback/reconciliation/thread/fileThread.ts'
/** Its name in the bundle: see `bin/bundle.mjs`. */
const BUNDLED = 'fileThread.js'

let loading: Promise<ThreadProgram> | null = null

/**
 * Returns the program of the thread that reads files: the one beside our own bundle; when the
 * sources run, one that is bundled from them once, because Node does not run TypeScript in a thread.
 */
export const loadThreadProgram = (): Promise<ThreadProgram> => (loading ??= load())

const load = async (): Promise<ThreadProgram> => {
  const self = fileURLToPath(import.meta.url)
  if (self.endsWith('.ts')) return { source: await bundleSource(), isText: true }
  const beside = path.join(path.dirname(self), BUNDLED)
  if (fs.existsSync(beside)) return { source: beside, isText: false }
  return { source: path.join(projectRoot(), 'dist', BUNDLED), isText: false }
}

/** The bundler is loaded by a computed address, so that it does not become part of a bundle. */
const bundleSource = async (): Promise<string> => {
  const address = pathToFileURL(path.join(projectRoot(), 'bin/bundle.mjs')).href
  const { bundleToText } = (await import(
    /* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ address
  )) as { bundleToText: (entry: string) => Promise<string> }
  return bundleToText(SOURCE)
}
