import { type Command, InvalidArgumentError } from 'commander'
import { createLocalReq, type Payload, type PayloadRequest } from 'payload'

import { now } from '../clock.ts'
import { REASON_WORDS, reasonOf } from '../domain/reason.ts'
import { inTransaction } from '../ledger/inTransaction.ts'
import { readerOf } from '../ledger/readerOf.ts'
import { discardDeadLetter, retryDeadLetter } from '../outbox/deadLetters.ts'
import { listDeadLetters } from '../outbox/listDeadLetters.ts'
import { withPayload } from './withPayload.ts'

type Result = { id: string; status: 'discarded' | 'pending' | 'refused'; why?: string }
type Deed = (req: PayloadRequest, id: string) => Promise<void>

const MOST = 200

/** `tributary dead-letters list|retry <id…>|discard <id…> --reason <text>` */
export const addDeadLetters = (program: Command): void => {
  const letters = program.command('dead-letters').description('messages that nobody sends any more')
  letters
    .command('list')
    .description(`the newest ${MOST}, addresses masked`)
    .option('--json', 'print them as JSON')
    .action(list)
  letters
    .command('retry <ids...>')
    .description('back into the queue; exit code 1 when one is refused')
    .option('--json', 'print what became of each as JSON')
    .action(async (ids: string[], { json }: { json?: boolean }) => {
      const deed: Deed = (req, id) => retryDeadLetter({ req, id, now: now() })
      tell(await withPayload((payload) => each(payload, ids, 'pending', deed)), json)
    })
  letters
    .command('discard <ids...>')
    .description('give them up; exit code 1 when one is refused')
    .requiredOption('--reason <text>', 'kept with each and in the audit log', parseReason)
    .option('--json', 'print what became of each as JSON')
    .action(async (ids: string[], { json, reason }: { json?: boolean; reason: string }) => {
      const deed: Deed = (req, id) => discardDeadLetter({ req, id, reason, now: now() })
      tell(await withPayload((payload) => each(payload, ids, 'discarded', deed)), json)
    })
}

const list = async ({ json }: { json?: boolean }): Promise<void> => {
  const letters = await withPayload(async (payload) =>
    listDeadLetters(await readerOf({ payload }), MOST),
  )
  if (json) console.log(JSON.stringify(letters))
  else {
    for (const { at, channel, id, reason, template, to } of letters) {
      console.log(`${id}  ${at ?? '-'}  ${template} by ${channel} to ${to}  ${reason ?? '-'}`)
    }
    if (letters.length === 0) console.log('No dead letters.')
  }
}

/** Each in a transaction of its own: one that is refused does not hold up the others. */
const each = async (
  payload: Payload,
  ids: string[],
  status: 'discarded' | 'pending',
  deed: Deed,
): Promise<Result[]> => {
  const results: Result[] = []
  for (const id of ids) {
    const req = await createLocalReq({}, payload)
    try {
      await inTransaction(req, () => deed(req, id))
      results.push({ id, status })
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      results.push({ id, status: 'refused', why })
    }
  }
  return results
}

const tell = (results: Result[], json = false): void => {
  if (json) console.log(JSON.stringify(results))
  else for (const { id, status, why } of results) console.log(`${id}  ${why ?? status}`)
  if (results.some(({ status }) => status === 'refused')) process.exitCode = 1
}

const parseReason = (text: string): string => {
  const reason = reasonOf(text)
  if (reason !== null) return reason
  throw new InvalidArgumentError(`A reason has ${REASON_WORDS}.`)
}
