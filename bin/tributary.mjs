#!/usr/bin/env node
import './checkNode.mjs'

import { fileURLToPath } from 'node:url'

import { bundleFile, isBundleFresh } from './bundle.mjs'
import { ensureDependencies } from './ensureDependencies.mjs'
import { run, runTypeScript } from './runTypeScript.mjs'
import { workerEnv } from './workerEnv.mjs'

ensureDependencies()
const args = process.argv.slice(2)
const env = args[0] === 'start' && args[1] === 'worker' ? workerEnv() : {}
// Next reloads the admin's pages; any other change restarts the process.
if (args[0] === 'dev') {
  const tsx = fileURLToPath(import.meta.resolve('tsx/cli'))
  const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
  run([tsx, 'watch', '--clear-screen=false', main, ...args])
}
// While the sources are newer than the bundle, the sources run.
else if (isBundleFresh()) run(['--enable-source-maps', bundleFile, ...args], env)
else runTypeScript('src/cli/main.ts', args, env)
