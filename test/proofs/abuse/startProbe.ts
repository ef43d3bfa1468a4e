import fs from 'node:fs/promises'
import { Worker } from 'node:worker_threads'

export type Slowest = { ms: number; failures: number; probes: number }
export type Probe = {
  /** The slowest answer since the last call. */
  takeSlowest: () => Promise<Slowest>
  stop: () => Promise<void>
}

/**
 * Asks for `/health/live` every 100 ms, each time on a connection of its own. In a thread of its
 * own, since the attacks keep this one busy.
 */
export const startProbe = (baseUrl: string): Probe => {
  const thread = new Worker(PROBE, { eval: true, workerData: `${baseUrl}/health/live` })
  return {
    takeSlowest: () => {
      const taken = new Promise<Slowest>((resolve) => thread.once('message', resolve))
      thread.postMessage('take')
      return taken
    },
    stop: async () => {
      await thread.terminate()
    },
  }
}

/** Plain JavaScript: a thread of a bundle has no file of its own. */
const PROBE = `
const http = require('node:http')
const { parentPort, workerData } = require('node:worker_threads')
let slowest = { ms: 0, failures: 0, probes: 0 }
const open = new Set()
const ask = () => {
  const started = performance.now()
  open.add(started)
  const end = (isGood) => {
    if (!open.delete(started)) return
    slowest.probes += 1
    slowest.ms = Math.max(slowest.ms, Math.round(performance.now() - started))
    if (!isGood) slowest.failures += 1
  }
  http
    .get(workerData, { agent: false, timeout: 60000 }, (response) => {
      response.resume().on('end', () => end(response.statusCode === 200))
    })
    .on('error', () => end(false))
}
setInterval(ask, 100)
parentPort.on('message', () => {
  // Those that still wait count with the time that they have waited.
  for (const started of open) slowest.ms = Math.max(slowest.ms, Math.round(performance.now() - started))
  parentPort.postMessage(slowest)
  slowest = { ms: 0, failures: 0, probes: 0 }
})
`

/** The highest resident size of a process until now, in MB: Linux keeps it (proc(5), VmHWM). */
export const readPeakMb = async (pid: number | undefined): Promise<number> => {
  const status = await fs.readFile(`/proc/${pid ?? 0}/status`, 'utf8')
  return Math.round(Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) / 1024)
}
