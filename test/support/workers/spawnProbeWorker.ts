import path from 'node:path'

import { bundle } from '../../../bin/bundle.mjs'
import { projectRoot } from '../../../src/platform/projectRoot.ts'
import { type SpawnedWorker, spawnWorker } from '../../../src/server/processes/spawnWorker.ts'

let bundled: Promise<string> | undefined

/** A worker as `spawnWorker` starts it, which also runs the job `leave-sign`. */
export const spawnProbeWorker = async (
  port: number,
  env: Record<string, string>,
): Promise<SpawnedWorker> => spawnWorker(port, env, [await (bundled ??= bundleProbeWorker())])

/** Bundles the worker into a folder of its own. Returns the path of the program. */
const bundleProbeWorker = async (): Promise<string> => {
  const outdir = path.join(projectRoot(), 'dist/probe')
  await bundle(outdir, { worker: 'test/support/workers/probeWorker.ts' })
  return path.join(outdir, 'worker.js')
}
