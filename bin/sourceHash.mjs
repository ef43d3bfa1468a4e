import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const SOURCES = [
  'collections',
  'hooks',
  'jobs',
  'plugins',
  'src',
  'payload.config.ts',
  'next.config.mjs',
  'package-lock.json',
  'package.json',
]

/** A digest of everything a build is made of. While it is the same, the build is reused. */
export const sourceHash = () => {
  const hash = createHash('sha256')
  for (const source of SOURCES)
    for (const file of filesOf(source)) {
      hash
        .update(file)
        .update('\0')
        .update(fs.readFileSync(path.join(root, file)))
        .update('\0')
    }
  return hash.digest('hex')
}

const NOT_BUILT = /\.test\.tsx?$/

const filesOf = (name) => {
  const stat = fs.statSync(path.join(root, name), { throwIfNoEntry: false })
  if (!stat) return []
  if (stat.isFile()) return NOT_BUILT.test(name) ? [] : [name]
  return fs
    .readdirSync(path.join(root, name))
    .sort()
    .flatMap((entry) => filesOf(`${name}/${entry}`))
}
