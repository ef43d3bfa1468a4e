import path from 'node:path'

import { build } from 'esbuild'

import { projectRoot } from '../../../src/platform/projectRoot.ts'
import { type SpawnedWorker, spawnWorker } from '../../../src/server/processes/spawnWorker.ts'

let bundled: Promise<string> | undefined

/** A worker as `spawnWorker` starts it, which also runs the job `leave-sign`. */
export const spawnProbeWorker = async (
  port: number,
  env: Record<string, string>,
): Promise<SpawnedWorker> => spawnWorker(port, env, [await (bundled ??= bundleProbeWorker())])

/** Bundled like the product itself, into a folder of its own. */
const bundleProbeWorker = async (): Promise<string> => {
  const outdir = path.join(projectRoot(), 'dist/probe')
  await build({
    absWorkingDir: projectRoot(),
    entryPoints: { worker: 'test/support/workers/probeWorker.ts' },
    outdir,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  })
  return path.join(outdir, 'worker.js')
}
