import { Worker } from 'node:worker_threads'

import { DomainError } from '../../../domain/errors.ts'
import type { TransactionPage } from '../../networks/types.ts'
import type { ReadPayout } from '../readPayout.ts'
import type { ReadTransactionFile } from '../readTransactionFile.ts'
import { loadThreadProgram } from './loadThreadProgram.ts'
import type { FileTask, ThreadMessage } from './types.ts'

/** What a thread may take of memory (megabytes) and of time. */
export const THREAD_LIMITS = {
  /** Its heap: objects that live, and new ones. */
  oldGenerationMb: 192,
  youngGenerationMb: 32,
  stackMb: 4,
  /** What reading one file adds to the process at most, heap and buffers together. */
  residentMb: 384,
  ms: 60_000,
} as const

/** Files that may wait while another is read. Each holds its bytes meanwhile. */
const MAX_WAITING = 4

type Task<Kind> = Extract<FileTask, { kind: Kind }>
type Options = {
  /** Ends the thread, such as when the client has gone. */
  signal?: AbortSignal | undefined
  /** Milliseconds after which the thread is ended. */
  timeoutMs?: number
  /** Megabytes of its heap. */
  heapMb?: number
}

/**
 * Reads a file of transactions in a thread of its own; this one goes on serving. One file is read at
 * a time.
 *
 * @throws DomainError as `readTransactionFile` does
 * @throws DomainError `file.too-large` it needs more memory than a thread has; `file.too-slow`
 * @throws DomainError `request.too-many` too many files are waiting
 */
export const readTransactionsInThread = async (
  task: Omit<Task<'transactions'>, 'kind'>,
  options: Options = {},
): Promise<ReadTransactionFile> => {
  const pages: TransactionPage[] = []
  const result = await takeTurn(() =>
    runThread({ kind: 'transactions', ...task }, options, (page) => pages.push(page)),
  )
  return { ...(result as Omit<ReadTransactionFile, 'pages'>), pages }
}

/**
 * Reads a payment statement in a thread of its own.
 *
 * @throws DomainError as `readPayout` and `readTransactionsInThread` do
 */
export const readPayoutInThread = async (
  task: Omit<Task<'payout'>, 'kind'>,
  options: Options = {},
): Promise<ReadPayout> =>
  (await takeTurn(() => runThread({ kind: 'payout', ...task }, options))) as ReadPayout

let waiting = 0
let last: Promise<unknown> = Promise.resolve()

/** Runs the work when the work before it has ended. */
const takeTurn = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  if (waiting > MAX_WAITING) {
    const message = 'Other files are being read. Try again in a minute.'
    throw new DomainError('request.too-many', message)
  }
  waiting += 1
  const turn = last.then(work)
  last = turn.catch(() => undefined)
  try {
    return await turn
  } finally {
    waiting -= 1
  }
}

type Result = Extract<ThreadMessage, { kind: 'read' }>['result']
type OnPage = (page: TransactionPage) => void

/** Runs a thread for a file, and ends it with the result, the refusal, the request or its time. */
const runThread = async (
  task: FileTask,
  { heapMb = THREAD_LIMITS.oldGenerationMb, signal, timeoutMs = THREAD_LIMITS.ms }: Options,
  onPage?: OnPage,
): Promise<Result> => {
  const { isText, source } = await loadThreadProgram()
  if (signal?.aborted) throw stopped()
  const thread = new Worker(source, {
    eval: isText,
    workerData: task,
    // Neither the flags nor the environment of this process, where its secrets are.
    execArgv: [],
    env: {},
    resourceLimits: {
      maxOldGenerationSizeMb: heapMb,
      maxYoungGenerationSizeMb: THREAD_LIMITS.youngGenerationMb,
      stackSizeMb: THREAD_LIMITS.stackMb,
    },
  })
  const ending = new AbortController()
  try {
    return await Promise.race([
      listenTo(thread, onPage),
      rejectAfter(timeoutMs, ending.signal),
      ...(signal ? [rejectWith(signal, ending.signal)] : []),
    ])
  } finally {
    ending.abort()
    await thread.terminate()
  }
}

const listenTo = (thread: Worker, onPage?: OnPage): Promise<Result> =>
  new Promise<Result>((resolve, reject) => {
    thread.on('message', (message: ThreadMessage) => {
      if (message.kind === 'read') resolve(message.result)
      if (message.kind === 'refused') {
        reject(new DomainError(message.code, message.message, message.details))
      }
      if (message.kind !== 'page') return
      onPage?.(message.page)
      // After other events, so that no row of pages keeps this thread busy.
      setImmediate(() => {
        thread.postMessage('next')
      })
    })
    thread.on('error', (error: Error & { code?: string }) => {
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge() : error)
    })
    thread.on('exit', () => {
      reject(new Error('The thread that reads a file ended without a result.'))
    })
  })

const rejectAfter = (ms: number, ending: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const timer = setTimeout(() => {
      reject(tooSlow())
    }, ms)
    ending.addEventListener('abort', () => {
      clearTimeout(timer)
    })
  })

const rejectWith = (signal: AbortSignal, ending: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener(
      'abort',
      () => {
        reject(stopped())
      },
      { signal: ending },
    )
  })

const tooLarge = () =>
  new DomainError(
    'file.too-large',
    'The file needs too much memory to be read. Split it by months.',
  )
const tooSlow = () =>
  new DomainError('file.too-slow', 'The file takes too long to be read. Split it by months.')
/** For the log: the client that would read it has gone. */
const stopped = () => new DomainError('request.stopped', 'The request was ended.')
