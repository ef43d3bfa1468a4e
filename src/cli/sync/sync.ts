import { type Command } from 'commander'

import { now } from '../../platform/clock.ts'
import { parseWindow } from '../../cashback/ingestion/sync/parseWindow.ts'
import { formatReports } from './syncLines.ts'
import { type SyncChoice, syncNow } from './syncNow.ts'
import { waitForStop } from '../waitForStop.ts'
import { withPayload } from '../withPayload.ts'

type Options = {
  dryRun?: boolean
  from?: string
  json?: boolean
  network?: string
  once?: boolean
  replay?: boolean
  to?: string
}

const [FAILED, WRONG_USE] = [1, 2]

/** `tributary sync [--network <name|id>] [--from --to] [--once] [--replay] [--dry-run] [--json]` */
export const addSync = (program: Command): void => {
  const command = program
    .command('sync')
    .description(
      'read what networks report, now; exit code 1 when one was not read to its end, 2 for wrong use',
    )
    .option('--network <name|id>', 'this one; else all that are switched on, side by side')
    .option('--from <day>', 'transactions from then on, such as 2026-11-01, instead of what is due')
    .option('--to <day>', 'transactions until then; now when absent')
    .option('--once', 'one run, and end: as it always is')
    .option('--replay', 'read the stored pages again, without the network')
    .option('--dry-run', 'read everything, write nothing but tokens, and report what would change')
    .option('--json', 'print how each ended as JSON')
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : WRONG_USE))
  command.action(async (options: Options) => {
    const choice = readOptions(command, options)
    const stopping = new AbortController()
    void waitForStop().then(() => {
      stopping.abort()
    })
    const ends = await withPayload((payload) =>
      syncNow({ ...choice, payload, signal: stopping.signal }),
    ).catch((error: unknown) => {
      const { code, message } = error as { code?: unknown; message?: unknown }
      if (code === 'network.not-found') command.error(String(message), { exitCode: WRONG_USE })
      throw error
    })
    if (options.json) console.log(JSON.stringify(ends))
    else for (const line of formatReports(ends)) console.log(line)
    const isWhole = ends.every(({ status }) => status === 'completed' || status === 'skipped')
    if (!isWhole) process.exitCode = FAILED
  })
}

const readOptions = (
  command: Command,
  { dryRun, from, network, replay, to }: Options,
): SyncChoice => {
  try {
    const window = parseWindow({ from, to, now: now() }) ?? undefined
    return { network, chosenWindow: window, isReplay: replay ?? false, isDry: dryRun ?? false }
  } catch (error) {
    const { details, message } = error as { details?: { field?: string }; message: string }
    return command.error(`--${details?.field ?? 'from'}: ${message}`, { exitCode: WRONG_USE })
  }
}
