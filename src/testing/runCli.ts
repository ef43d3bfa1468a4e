import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { text } from 'node:stream/consumers'

import { inheritedEnv } from '../env.ts'
import { projectRoot } from '../projectRoot.ts'

/** Runs a command as an operator does, on a database of a test. */
export const runCli = async (databaseUrl: string, args: string[]) => {
  const child = spawn(process.execPath, [path.join(projectRoot(), 'bin/tributary.mjs'), ...args], {
    env: { ...(inheritedEnv() as NodeJS.ProcessEnv), DATABASE_URL: databaseUrl },
  })
  const [out, err] = [text(child.stdout), text(child.stderr)]
  const [code] = (await once(child, 'exit')) as [number]
  return { code, out: await out, err: await err }
}
