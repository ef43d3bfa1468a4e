import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { projectRoot } from '../../../platform/projectRoot.ts'

const SOURCE = 'src/cashback/reconciliation/child/fileReader.ts'
/** Its name in the bundle: see `bin/bundle.mjs`. */
const BUNDLED = 'fileReader.cjs'

let finding: Promise<string> | null = null

/**
 * Returns the file of the program that reads files: the one beside our own bundle; when the sources
 * run, one that is bundled from them once, because a compiler takes longer to start than a file to
 * be read.
 */
export const findReaderProgram = (): Promise<string> => (finding ??= find())

const find = async (): Promise<string> => {
  const self = fileURLToPath(import.meta.url)
  if (self.endsWith('.ts')) return bundleSource()
  const beside = path.join(path.dirname(self), BUNDLED)
  if (fs.existsSync(beside)) return beside
  return path.join(projectRoot(), 'dist', BUNDLED)
}

/** The bundler is loaded by a computed address, so that it does not become part of a bundle. */
const bundleSource = async (): Promise<string> => {
  const address = pathToFileURL(path.join(projectRoot(), 'bin/bundle.mjs')).href
  const { bundleChild } = (await import(
    /* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ address
  )) as { bundleChild: (entry: string) => Promise<string> }
  return bundleChild(SOURCE)
}
