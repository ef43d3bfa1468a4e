import { type Command, InvalidArgumentError } from 'commander'
import { createLocalReq, type Payload, type PayloadRequest } from 'payload'

import { now } from '../platform/clock.ts'
import { REASON_RULE, checkReason } from '../domain/reason.ts'
import { inTransaction } from '../database/inTransaction.ts'
import { readDb } from '../database/readDb.ts'
import {
  discardDeadLetter,
  listDeadLetters,
  retryDeadLetter,
} from '../messaging/outbox/deadLetters.ts'
import { withPayload } from './withPayload.ts'

type Result = { id: string; status: 'discarded' | 'pending' | 'refused'; why?: string }
type Action = (req: PayloadRequest, id: string) => Promise<void>

const MAX_LISTED = 200

/** `tributary dead-letters list|retry <id…>|discard <id…> --reason <text>` */
export const addDeadLetters = (program: Command): void => {
  const letters = program.command('dead-letters').description('messages that are no longer sent')
  letters
    .command('list')
    .description(`the newest ${MAX_LISTED}, addresses masked`)
    .option('--json', 'print them as JSON')
    .action(list)
  letters
    .command('retry <ids...>')
    .description('put them back into the queue; exit code 1 when one is refused')
    .option('--json', 'print the result of each as JSON')
    .action(async (ids: string[], { json }: { json?: boolean }) => {
      const action: Action = (req, id) => retryDeadLetter({ req, id, now: now() })
      printResults(
        await withPayload((payload) => applyToEach(payload, ids, 'pending', action)),
        json,
      )
    })
  letters
    .command('discard <ids...>')
    .description('discard them; exit code 1 when one is refused')
    .requiredOption('--reason <text>', 'stored with each and in the audit log', parseReason)
    .option('--json', 'print the result of each as JSON')
    .action(async (ids: string[], { json, reason }: { json?: boolean; reason: string }) => {
      const action: Action = (req, id) => discardDeadLetter({ req, id, reason, now: now() })
      printResults(
        await withPayload((payload) => applyToEach(payload, ids, 'discarded', action)),
        json,
      )
    })
}

const list = async ({ json }: { json?: boolean }): Promise<void> => {
  const letters = await withPayload(async (payload) =>
    listDeadLetters(await readDb({ payload }), MAX_LISTED),
  )
  if (json) console.log(JSON.stringify(letters))
  else {
    for (const { at, channel, id, reason, template, to } of letters) {
      console.log(`${id}  ${at ?? '-'}  ${template} by ${channel} to ${to}  ${reason ?? '-'}`)
    }
    if (letters.length === 0) console.log('No dead letters.')
  }
}

/** Each in a transaction of its own: a refusal does not affect the others. */
const applyToEach = async (
  payload: Payload,
  ids: string[],
  status: 'discarded' | 'pending',
  action: Action,
): Promise<Result[]> => {
  const results: Result[] = []
  for (const id of ids) {
    const req = await createLocalReq({}, payload)
    try {
      await inTransaction(req, () => action(req, id))
      results.push({ id, status })
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      results.push({ id, status: 'refused', why })
    }
  }
  return results
}

const printResults = (results: Result[], json = false): void => {
  if (json) console.log(JSON.stringify(results))
  else for (const { id, status, why } of results) console.log(`${id}  ${why ?? status}`)
  if (results.some(({ status }) => status === 'refused')) process.exitCode = 1
}

const parseReason = (text: string): string => {
  const reason = checkReason(text)
  if (reason !== null) return reason
  throw new InvalidArgumentError(`A reason has ${REASON_RULE}.`)
}
