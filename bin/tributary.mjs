#!/usr/bin/env node
import './checkNode.mjs'

import fs from 'node:fs'
import { fileURLToPath } from 'node:url'

import { ensureDependencies } from './ensureDependencies.mjs'
import { run, runTypeScript } from './runTypeScript.mjs'
import { sourceHash } from './sourceHash.mjs'
import { workerEnv } from './workerEnv.mjs'

ensureDependencies()
const bundle = fileURLToPath(new URL('../dist/tributary.js', import.meta.url))
const stamp = fileURLToPath(new URL('../dist/stamp', import.meta.url))
// A build that was cut short has no stamp.
const isFresh = fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === sourceHash()
const args = process.argv.slice(2)
const env = args[0] === 'start' && args[1] === 'worker' ? workerEnv() : {}
// The bundle starts ten times faster; while the sources are newer, they run as they are.
if (isFresh) run(['--enable-source-maps', bundle, ...args], env)
else runTypeScript('src/cli/main.ts', args, env)
