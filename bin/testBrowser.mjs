import './checkNode.mjs'

import { ensureDependencies } from './ensureDependencies.mjs'
import { runTypeScript } from './runTypeScript.mjs'

ensureDependencies()
runTypeScript('test/runBrowserTests.ts', process.argv.slice(2))
