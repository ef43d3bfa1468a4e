import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { text } from 'node:stream/consumers'

import { inheritedEnv } from '../../src/config/env.ts'
import { projectRoot } from '../../src/platform/projectRoot.ts'

export type CliResult = { code: number | null; out: string; err: string }
export type StartedCli = { child: ChildProcess; ended: Promise<CliResult> }

/** Runs a command on a database of a test, and waits for its end. */
export const runCli = (databaseUrl: string, args: string[]): Promise<CliResult> =>
  startCli(databaseUrl, args).ended

/** Starts a command from the bundle that `npm test` makes of the present sources. */
export const startCli = (databaseUrl: string, args: string[]): StartedCli => {
  const { TEST_BUNDLE } = inheritedEnv()
  if (!TEST_BUNDLE) throw new Error('Run the tests with "npm test": it bundles the command line.')
  return start(databaseUrl, ['--enable-source-maps', TEST_BUNDLE, ...args])
}

/**
 * Starts a command as an operator does, through `bin/`, which compiles the sources in memory unless
 * they are built: three times slower.
 */
export const startOperatorCli = (databaseUrl: string, args: string[]): StartedCli =>
  start(databaseUrl, [path.join(projectRoot(), 'bin/tributary.mjs'), ...args])

/** In a process group of its own, so that a test can kill all of it. */
const start = (databaseUrl: string, args: string[]): StartedCli => {
  const child = spawn(process.execPath, args, {
    env: { ...(inheritedEnv() as NodeJS.ProcessEnv), DATABASE_URL: databaseUrl },
    detached: true,
  })
  const [out, err] = [text(child.stdout), text(child.stderr)]
  const ended = once(child, 'exit').then(async ([code]) => ({
    code: code as number | null,
    out: await out,
    err: await err,
  }))
  return { child, ended }
}
