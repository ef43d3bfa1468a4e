import './checkNode.mjs'

import { ensureDependencies } from './ensureDependencies.mjs'
import { runTypeScript } from './runTypeScript.mjs'

ensureDependencies()
runTypeScript('src/cli/main.ts', ['demo', ...process.argv.slice(2)])
