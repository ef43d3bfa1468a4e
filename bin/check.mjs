import './checkNode.mjs'

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { ensureDependencies } from './ensureDependencies.mjs'

ensureDependencies()
const root = fileURLToPath(new URL('..', import.meta.url))
const bin = (name) => `${root}node_modules/${name}`
const SOURCES = 'bin collections hooks jobs plugins src payload.config.ts'.split(' ')

/** The gate: what a reviewer should never have to say. Runs no test. */
const CHECKS = [
  ['formatting', bin('prettier/bin/prettier.cjs'), ['--check', '--log-level=warn', '.']],
  ['lint', bin('eslint/bin/eslint.js'), ['--max-warnings=0', '.']],
  ['types', bin('typescript/bin/tsc'), ['--noEmit']],
  [
    'import directions',
    bin('dependency-cruiser/bin/dependency-cruise.mjs'),
    ['--config', '.dependency-cruiser.cjs', ...SOURCES],
  ],
  ['unused code', bin('knip/bin/knip.js'), ['--no-progress']],
  ['generated files', `${root}bin/tributary.mjs`, ['generate', '--check']],
]

const run = (script, args) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      env: { ...process.env, LOG_LEVEL: 'error', NO_COLOR: '1' },
    })
    const output = []
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part) => output.push(part))
    child.on('exit', (code) =>
      resolve({ isGreen: code === 0, text: Buffer.concat(output).toString() }),
    )
  })

let failed = 0
for (const [name, script, args] of CHECKS) {
  const started = Date.now()
  const { isGreen, text } = await run(script, args)
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  console.log(`${isGreen ? 'ok  ' : 'FAIL'}  ${name}, ${seconds} s`)
  if (isGreen) continue
  failed += 1
  console.log(text.trimEnd())
}
console.log(failed === 0 ? 'The gate is green.' : `The gate is red: ${failed} of ${CHECKS.length}.`)
process.exit(failed === 0 ? 0 : 1)
