import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs/promises'

import { inheritedEnv } from '../../src/config/env.ts'
import type { Finding, Proof } from './types.ts'

/** The PostgreSQL of the embedded package, and that of Debian, the oldest supported version. */
const SERVERS = [
  { server: 'embedded 18', binDir: '' },
  { server: 'Debian 15', binDir: '/usr/lib/postgresql/15/bin' },
]

type Options = {
  /** The path of the bundled proofs. */
  program: string
  isQuick: boolean
  seed: number
  print: (text: string) => void
}

export type Outcome = {
  name: string
  /** By server: the findings, or the reason why the proof was not run. */
  results: Record<string, Finding[] | string>
  passed: number
  failed: number
  /** A line for each finding that failed. */
  failures: string[]
  seconds: number
}

/** Runs a proof on each of its servers and prints its output and findings. */
export const runProof = async (proof: Proof, options: Options): Promise<Outcome> => {
  const { print } = options
  const started = Date.now()
  print(`${proof.name}: ${proof.claim}\n`)
  const results: Outcome['results'] = {}
  for (const { binDir, server } of await chooseServers(proof, options)) {
    print(`\nPostgreSQL ${server}\n`)
    const found = await runOn(proof.name, binDir, options)
    results[server] = found
    print(typeof found === 'string' ? `  ${found}\n` : found.map(toLine).join(''))
  }
  const all = Object.values(results).flatMap((found) => (typeof found === 'string' ? [] : found))
  const failures = all.filter(({ holds }) => !holds).map(toLine)
  const [failed, passed] = [failures.length, all.length - failures.length]
  const seconds = Math.round((Date.now() - started) / 1000)
  return { name: proof.name, results, passed, failed, failures, seconds }
}

/** A quick form runs on one server, which the seed chooses of those that are installed. */
const chooseServers = async (proof: Proof, { isQuick, seed }: Options) => {
  if (proof.isOnEmbeddedOnly) return SERVERS.slice(0, 1)
  if (!isQuick) return SERVERS
  const there = await Promise.all(SERVERS.map(({ binDir }) => isInstalled(binDir)))
  const installed = SERVERS.filter((_server, index) => there[index])
  const chosen = seed % installed.length
  return installed.slice(chosen, chosen + 1)
}

const isInstalled = async (binDir: string): Promise<boolean> =>
  !binDir ||
  (await fs.access(binDir).then(
    () => true,
    () => false,
  ))

const toLine = ({ guarantee, holds, seen }: Finding): string =>
  `  ${holds ? 'holds' : 'FAILS'}  ${guarantee}: ${seen}\n`

/** Runs in a process of its own, because a process can use only one database. */
const runOn = async (
  name: string,
  binDir: string,
  { isQuick, print, program, seed }: Options,
): Promise<Finding[] | string> => {
  if (!(await isInstalled(binDir))) return 'not installed here, not run'

  const child = spawn(
    process.execPath,
    ['--enable-source-maps', program, name, binDir, String(isQuick), String(seed)],
    { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: inheritedEnv() as NodeJS.ProcessEnv },
  )
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part: Buffer) => {
      print(part.toString())
    })
  let findings: Finding[] | undefined
  child.on('message', (message) => (findings = message as Finding[]))
  // When `close` is emitted, all output of the child has been read.
  await once(child, 'close')
  return (
    findings ?? [
      { guarantee: 'the proof ran to its end', holds: false, seen: 'it ended without findings' },
    ]
  )
}
