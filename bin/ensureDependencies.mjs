import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const changedAt = (file) => fs.statSync(`${root}${file}`, { throwIfNoEntry: false })?.mtimeMs ?? 0

/**
 * Installs the locked dependencies unless they are installed. npm leaves a lock file of its own in
 * node_modules, newer than ours once it has finished. Install scripts are not needed, so not run.
 */
export const ensureDependencies = () => {
  if (changedAt('node_modules/.package-lock.json') >= changedAt('package-lock.json')) return
  console.error('Installing dependencies (once)…')
  const flags = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const { status } = spawnSync('npm', flags, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status === 0) return
  console.error('npm ci failed. Nothing else was done.')
  process.exit(status ?? 1)
}
