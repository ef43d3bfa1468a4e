import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** Returns the folder of package.json, for the sources and for the bundle in `dist/`. */
export const projectRoot = (): string => {
  let dir = path.dirname(fileURLToPath(import.meta.url))
  while (!fs.existsSync(path.join(dir, 'package.json'))) dir = path.dirname(dir)
  return dir
}
