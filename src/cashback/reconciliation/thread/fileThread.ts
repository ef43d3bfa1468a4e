import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'

import { DomainError } from '../../../domain/errors.ts'
import { readPayout } from '../readPayout.ts'
import { readTransactionFile } from '../readTransactionFile.ts'
import type { FileTask, ThreadMessage } from './types.ts'

/**
 * The program of the thread that reads one file. It sends the pages of a file of transactions one by
 * one, each after the one before was taken, and at last the result or the refusal.
 */
const readFile = async (task: FileTask): Promise<ThreadMessage> => {
  try {
    if (task.kind === 'payout') {
      return { kind: 'read', result: await readPayout(task.bytes, task.options) }
    }
    const result = await readTransactionFile(task.bytes, task.mapping, async (page) => {
      const taken = once(port, 'message')
      send({ kind: 'page', page })
      await taken
    })
    return { kind: 'read', result }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { kind: 'refused', code: error.code, message: error.message, details: error.details }
  }
}

const port = (() => {
  if (parentPort) return parentPort
  throw new Error('This program runs in a thread.')
})()
const send = (message: ThreadMessage): void => {
  port.postMessage(message)
}

// An error that is no refusal ends the thread, and its owner learns it.
void readFile(workerData as FileTask).then((message) => {
  send(message)
  // An open port would keep the thread alive.
  port.close()
})
