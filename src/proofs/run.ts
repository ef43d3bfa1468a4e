import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs/promises'
import path from 'node:path'

import { inheritedEnv } from '../env.ts'
import { buildOnce } from '../server/buildOnce.ts'
import { projectRoot } from '../projectRoot.ts'
import { proofs } from './index.ts'
import type { Finding } from './types.ts'

/** PostgreSQL as the embedded package brings it, and as Debian does: the oldest that is supported. */
const SERVERS = [
  { server: 'embedded 18', binDir: '' },
  { server: 'Debian 15', binDir: '/usr/lib/postgresql/15/bin' },
]

/** Runs a proof in a process of its own, since a process knows one database only. */
const runOn = async (
  name: string,
  binDir: string,
  isQuick: boolean,
): Promise<Finding[] | string> => {
  const isThere =
    !binDir ||
    (await fs.access(binDir).then(
      () => true,
      () => false,
    ))
  if (!isThere) return 'not installed here, not run'

  const child = spawn(
    process.execPath,
    [
      ...process.execArgv,
      path.join(projectRoot(), 'src/proofs/runOn.ts'),
      name,
      binDir,
      String(isQuick),
    ],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: inheritedEnv() as NodeJS.ProcessEnv },
  )
  let findings: Finding[] | undefined
  child.on('message', (message) => (findings = message as Finding[]))
  await once(child, 'exit')
  return findings ?? [{ guarantee: 'the proof ran to its end', holds: false, seen: 'it did not' }]
}

const commitNow = (): string => {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: projectRoot(), encoding: 'utf8' }).trim()
  const isDirty = git('status', '--porcelain', '--', ':!docs/proofs') !== ''
  return git('rev-parse', '--short', 'HEAD') + (isDirty ? ' with changes' : '')
}

const main = async ([name = '', ...flags]: string[]): Promise<number> => {
  const proof = proofs.find((known) => known.name === name)
  if (!proof) {
    console.error(
      `Usage: npm run proof -- ${proofs.map((known) => known.name).join('|')} [--quick]`,
    )
    return 2
  }
  const isQuick = flags.includes('--quick')
  console.log(`${proof.name}: ${proof.claim}`)
  await buildOnce()
  const commit = commitNow()
  const started = Date.now()
  const results: Record<string, Finding[] | string> = {}
  for (const { binDir, server } of proof.isOnEmbeddedOnly ? SERVERS.slice(0, 1) : SERVERS) {
    console.log(`\nPostgreSQL ${server}`)
    const found = await runOn(proof.name, binDir, isQuick)
    results[server] = found
    if (typeof found === 'string') console.log(`  ${found}`)
    else
      for (const { guarantee, holds, seen } of found) {
        console.log(`  ${holds ? 'holds' : 'FAILS'}  ${guarantee}: ${seen}`)
      }
  }

  const all = Object.values(results).flatMap((found) => (typeof found === 'string' ? [] : found))
  const failed = all.filter(({ holds }) => !holds).length
  const seconds = Math.round((Date.now() - started) / 1000)
  console.log(`\n${all.length - failed} passed, ${failed} failed`)
  console.log(`${isQuick ? 'Quick form' : 'Full form'}, ${seconds} s, commit ${commit}`)
  if (!isQuick) {
    const report = { proof: proof.name, claim: proof.claim, commit, seconds, results }
    const file = path.join(projectRoot(), 'docs/proofs', `${proof.name}.json`)
    await fs.writeFile(file, `${JSON.stringify(report, null, 2)}\n`)
  }
  return failed === 0 && all.length > 0 ? 0 : 1
}

process.exit(await main(process.argv.slice(2)))
