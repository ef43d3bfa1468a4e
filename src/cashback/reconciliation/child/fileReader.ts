import { once } from 'node:events'

import { DomainError } from '../../../domain/errors.ts'
import { readPayout } from '../readPayout.ts'
import { readTransactionFile } from '../readTransactionFile.ts'
import type { ChildMessage, FileTask } from './types.ts'

/**
 * The program of the child process that reads one file. It sends the pages of a file of transactions
 * one by one, each after the one before was taken, and at last the result or the refusal. Then it
 * waits for its parent to end it, so that its last message is not lost.
 */
const readFile = async (task: FileTask): Promise<ChildMessage> => {
  try {
    if (task.kind === 'payout') {
      return { kind: 'read', result: await readPayout(task.bytes, task.options) }
    }
    const result = await readTransactionFile(task.bytes, task.mapping, async (page) => {
      const taken = once(process, 'message')
      send({ kind: 'page', page })
      await taken
    })
    return { kind: 'read', result }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { kind: 'refused', code: error.code, message: error.message, details: error.details }
  }
}

const send = (message: ChildMessage): void => {
  // A failure means that the parent has gone, which ends this process.
  process.send?.(message, undefined, undefined, () => undefined)
}

const fail = (error: unknown): void => {
  send({ kind: 'failed', message: error instanceof Error ? String(error.stack) : String(error) })
}

process.on('disconnect', () => process.exit())
process.on('uncaughtException', fail)
process.once('message', (task: FileTask) => {
  send({ kind: 'begun' })
  void readFile(task).then(send, fail)
})
