import { type ChildProcess, fork } from 'node:child_process'

import { DomainError } from '../../../domain/errors.ts'
import type { TransactionPage } from '../../networks/types.ts'
import type { ReadPayout } from '../readPayout.ts'
import type { ReadTransactionFile } from '../readTransactionFile.ts'
import { findReaderProgram } from './findReaderProgram.ts'
import type { ChildMessage, FileTask } from './types.ts'

/** What a child process may take of memory (megabytes) and of time. */
export const CHILD_LIMITS = {
  /** Its heap: objects that live, and each of the three parts of the space for new ones. */
  oldSpaceMb: 192,
  semiSpaceMb: 8,
  /** What the process takes at most, heap, buffers and Node itself together. */
  residentMb: 320,
  ms: 60_000,
} as const

/** The flags of Node that hold a child process to its heap. */
export const nodeFlags = (heapMb: number = CHILD_LIMITS.oldSpaceMb): string[] => [
  `--max-old-space-size=${heapMb}`,
  `--max-semi-space-size=${CHILD_LIMITS.semiSpaceMb}`,
]

/** Files that may wait while another is read. Each holds its bytes meanwhile. */
const MAX_WAITING = 4

type Task<Kind> = Extract<FileTask, { kind: Kind }>
type Options = {
  /** Ends the child process, such as when the client has gone. */
  signal?: AbortSignal | undefined
  /** Milliseconds after which the child process is ended. */
  timeoutMs?: number
  /** Megabytes of its heap. */
  heapMb?: number
}

/**
 * Reads a file of transactions in a child process, which may run out of memory alone; this process
 * goes on serving. One file is read at a time.
 *
 * @throws DomainError as `readTransactionFile` does
 * @throws DomainError `file.too-large` it needs more memory than the child process may take, or that
 *   was ended from outside, as when the machine has none left
 * @throws DomainError `file.too-slow`
 * @throws DomainError `request.too-many` too many files are waiting
 */
export const readTransactionsInChild = async (
  task: Omit<Task<'transactions'>, 'kind'>,
  options: Options = {},
): Promise<ReadTransactionFile> => {
  const pages: TransactionPage[] = []
  const result = await takeTurn(() =>
    runChild({ kind: 'transactions', ...task }, options, (page) => pages.push(page)),
  )
  return { ...(result as Omit<ReadTransactionFile, 'pages'>), pages }
}

/**
 * Reads a payment statement in a child process.
 *
 * @throws DomainError as `readPayout` and `readTransactionsInChild` do
 */
export const readPayoutInChild = async (
  task: Omit<Task<'payout'>, 'kind'>,
  options: Options = {},
): Promise<ReadPayout> =>
  (await takeTurn(() => runChild({ kind: 'payout', ...task }, options))) as ReadPayout

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
  last = turn.catch(() => undefined) // its own caller gets the failure
  try {
    return await turn
  } finally {
    waiting -= 1
  }
}

type Result = Extract<ChildMessage, { kind: 'read' }>['result']
type OnPage = (page: TransactionPage) => void

/** Starts a child process for a file; ends it with the result, the refusal, the request or its time. */
const runChild = async (
  task: FileTask,
  { heapMb = CHILD_LIMITS.oldSpaceMb, signal, timeoutMs = CHILD_LIMITS.ms }: Options,
  onPage?: OnPage,
): Promise<Result> => {
  const program = await findReaderProgram()
  if (signal?.aborted) throw stopped()
  const child = fork(program, [], {
    // Neither the flags nor the environment of this process, where its secrets are.
    execArgv: nodeFlags(heapMb),
    env: {} as NodeJS.ProcessEnv,
    // Copies bytes and times as they are.
    serialization: 'advanced',
    // The channel alone. It closes when this process ends, and the child ends with it.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const ending = new AbortController()
  try {
    return await Promise.race([
      listenTo(child, task, onPage),
      rejectAfter(timeoutMs, ending.signal),
      ...(signal ? [rejectWith(signal, ending.signal)] : []),
    ])
  } finally {
    ending.abort()
    await end(child)
  }
}

const listenTo = (child: ChildProcess, task: FileTask, onPage?: OnPage): Promise<Result> =>
  new Promise<Result>((resolve, reject) => {
    let hasBegun = false
    child.on('message', (message: ChildMessage) => {
      if (message.kind === 'begun') hasBegun = true
      if (message.kind === 'read') resolve(message.result)
      if (message.kind === 'refused') {
        reject(new DomainError(message.code, message.message, message.details))
      }
      if (message.kind === 'failed') reject(new Error(`A file was not read: ${message.message}`))
      if (message.kind !== 'page') return
      onPage?.(message.page)
      // After other events, so that no row of pages keeps this process busy.
      setImmediate(() => {
        send(child, 'next')
      })
    })
    child.on('error', reject)
    child.on('exit', (code, endedBy) => {
      if (endedBy === null && !hasBegun) {
        reject(new Error(`The program that reads files did not start: it ended with ${code}.`))
      }
      reject(endedBy === 'SIGKILL' ? killed() : tooLarge())
    })
    send(child, task)
  })

const send = (child: ChildProcess, message: FileTask | 'next'): void => {
  // A failure means that the child has ended, which its exit reports.
  child.send(message, () => undefined)
}

/** Ends a child process and waits for its end, so that no two take memory at a time. */
const end = async (child: ChildProcess): Promise<void> => {
  const { exitCode, pid, signalCode } = child
  if (pid === undefined || exitCode !== null || signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
}

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
/** By the system, most often: it ends the process that takes most when memory runs out. */
const killed = () =>
  new DomainError(
    'file.too-large',
    'The process that reads the file was ended, most likely for its memory. Try again, or split the file by months.',
  )
const tooSlow = () =>
  new DomainError('file.too-slow', 'The file takes too long to be read. Split it by months.')
/** For the log: the client that would read it has gone. */
const stopped = () => new DomainError('request.stopped', 'The request was ended.')
