import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

import { AggregatorRegistry, type PrometheusContentType, type Registry } from 'prom-client'

/** The messages between the primary and its processes. */
type Message = 'prepared' | 'listen' | { metricsId: number; text?: string }

/** The wait before a restart, because a process may end right away, such as without a database. */
const RESTART_AFTER_MS = 1_000

/**
 * Runs this command in `count` processes that share its port. Resolves when all of them listen; the
 * port opens only then. A process that ends is replaced.
 *
 * @throws Error when one ends before all of them listen
 */
export const startCluster = async (count: number): Promise<{ close: () => Promise<void> }> => {
  const state = { isClosing: false }
  const metrics = new AggregatorRegistry()
  const start = (): Worker => {
    const worker = cluster.fork()
    worker.on('message', (message: Message) => {
      if (typeof message === 'object' && 'metricsId' in message) {
        void sendMetrics(metrics, worker, message.metricsId)
      }
    })
    return worker
  }
  const replace = async (): Promise<void> => {
    await wait(RESTART_AFTER_MS)
    if (!state.isClosing) keep(await untilPrepared(start()).catch(() => null))
  }
  const keep = (worker: Worker | null): void => {
    if (!worker) return void replace()
    worker.once('exit', () => {
      if (!state.isClosing) void replace()
    })
    worker.send('listen' satisfies Message)
  }

  const workers = await Promise.all(Array.from({ length: count }, () => untilPrepared(start())))
  const listening = workers.map((worker) => once(worker, 'listening'))
  for (const worker of workers) keep(worker)
  await Promise.all(listening)
  return {
    close: async () => {
      state.isClosing = true
      const alive = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)
      const ended = alive.map((worker) => once(worker, 'exit'))
      for (const worker of alive) worker.process.kill('SIGTERM')
      await Promise.all(ended)
    },
  }
}

const untilPrepared = (worker: Worker): Promise<Worker> =>
  new Promise((resolve, reject) => {
    worker.on('message', (message: Message) => {
      if (message === 'prepared') resolve(worker)
    })
    worker.once('exit', (code) => {
      reject(new Error(`A web process ended with ${code}.`))
    })
  })

const sendMetrics = async (
  metrics: Pick<AggregatorRegistry<PrometheusContentType>, 'clusterMetrics'>,
  worker: Worker,
  id: number,
) => {
  const text = await metrics.clusterMetrics().catch(() => '')
  if (worker.isConnected()) worker.send({ metricsId: id, text } satisfies Message)
}

/** In a process of a cluster: waits until all of them are ready to listen. Elsewhere at once. */
export const waitForCluster = async (): Promise<void> => {
  if (!cluster.isWorker) return
  const released = new Promise<void>((resolve) => {
    process.on('message', (message: Message) => {
      if (message === 'listen') resolve()
    })
  })
  process.send?.('prepared' satisfies Message)
  await released
}

/**
 * Lets the primary read the numbers that this process counts. Without a cluster it does nothing.
 */
export const shareMetrics = (registry: Registry): void => {
  if (!cluster.isWorker) return
  AggregatorRegistry.setRegistries(registry)
  new AggregatorRegistry() // it sends metrics to the primary from now on
}

/** The numbers of all processes of the cluster, summed; null in a process of its own. */
export const readClusterMetrics = async (): Promise<string | null> => {
  if (!cluster.isWorker) return null
  const id = Math.random()
  const answered = new Promise<string>((resolve) => {
    const take = (message: Message) => {
      if (typeof message !== 'object' || message.metricsId !== id) return
      process.off('message', take)
      resolve(message.text ?? '')
    }
    process.on('message', take)
  })
  process.send?.({ metricsId: id } satisfies Message)
  return answered
}
