import './checkNode.mjs'

import { ensureDependencies } from './ensureDependencies.mjs'
import { run } from './runTypeScript.mjs'

ensureDependencies()
const startedAt = Date.now()
const { bundleFile, bundleOnce } = await import('./bundle.mjs')
await bundleOnce()
const args = ['demo', '--started-at', String(startedAt), ...process.argv.slice(2)]
run(['--enable-source-maps', bundleFile, ...args])
