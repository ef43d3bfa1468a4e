import './checkNode.mjs'

import { spawn } from 'node:child_process'
import os from 'node:os'
import { fileURLToPath } from 'node:url'

import { ensureDependencies } from './ensureDependencies.mjs'

ensureDependencies()
const root = fileURLToPath(new URL('..', import.meta.url))
const bin = (name) => `${root}node_modules/${name}`
const SOURCES = 'bin collections hooks jobs plugins src test payload.config.ts'.split(' ')
/** Each tool computes in one thread. */
const LANES = os.availableParallelism()

/**
 * The checks of `npm run check`, so that reviewers need not look for these mistakes. Runs no test.
 * The longest come first, so that the lanes end together. Lint has no cache: its rules use types,
 * which other files decide.
 */
const CHECKS = [
  ['lint', bin('eslint/bin/eslint.js'), ['--max-warnings=0', '.']],
  ['types', bin('typescript/bin/tsc'), ['--noEmit']],
  [
    'formatting',
    bin('prettier/bin/prettier.cjs'),
    ['--check', '--log-level=warn', '--cache', '--cache-strategy=content', '.'],
  ],
  ['one writer per table', `${root}bin/oneWriter.mjs`, []],
  ['unused code', bin('knip/bin/knip.js'), ['--no-progress']],
  [
    'import directions',
    bin('dependency-cruiser/bin/dependency-cruise.mjs'),
    ['--config', '.dependency-cruiser.cjs', ...SOURCES],
  ],
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
    child.on('close', (code) =>
      resolve({ isGreen: code === 0, text: Buffer.concat(output).toString() }),
    )
  })

let failed = 0
const waiting = [...CHECKS]
const runLane = async () => {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const [name, script, args] = check
    const started = Date.now()
    const { isGreen, text } = await run(script, args)
    const seconds = ((Date.now() - started) / 1000).toFixed(1)
    if (!isGreen) failed += 1
    // In one piece, since another check may end at the same time.
    const details = isGreen ? '' : `\n${text.trimEnd()}`
    console.log(`${isGreen ? 'ok  ' : 'FAIL'}  ${name}, ${seconds} s${details}`)
  }
}

const started = Date.now()
await Promise.all(Array.from({ length: LANES }, runLane))
const seconds = Math.round((Date.now() - started) / 1000)
const result = failed === 0 ? 'The gate is green' : `The gate is red: ${failed} of ${CHECKS.length}`
console.log(`${result}, ${seconds} s.`)
process.exit(failed === 0 ? 0 : 1)
