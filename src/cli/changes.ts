import { userInfo } from 'node:os'

import { type Command, InvalidArgumentError } from 'commander'
import { createLocalReq, type Payload, type PayloadRequest } from 'payload'

import { applyChange } from '../changes/applyChange.ts'
import { listChanges, type ListedChange } from '../changes/changeStore.ts'
import { closeChange } from '../changes/closeChange.ts'
import { inTransaction } from '../database/inTransaction.ts'
import { readDb } from '../database/readDb.ts'
import { describeFieldChange } from '../domain/changes/describeFieldChange.ts'
import { REASON_RULE, checkReason } from '../domain/reason.ts'
import { now } from '../platform/clock.ts'
import { withPayload } from './withPayload.ts'

const MAX_LISTED = 200

/**
 * `tributary changes list|approve <id>|reject <id> --reason <text>`: whoever has the machine
 * decides on a change that waits, without a second admin. Audited as the operator.
 */
export const addChanges = (program: Command): void => {
  const changes = program
    .command('changes')
    .description('changes that wait for a second admin or the cool-down')
  changes
    .command('list')
    .description(`the newest ${MAX_LISTED} that wait`)
    .option('--json', 'print them as JSON')
    .action(list)
  for (const verb of ['approve', 'reject'] as const) {
    changes
      .command(`${verb} <id>`)
      .description(`${verb} one as the operator of this machine`)
      .requiredOption('--reason <text>', 'stored with it and in the audit log', parseReason)
      .action(async (id: string, { reason }: { reason: string }) => {
        console.log(await withPayload((payload) => decide(payload, id, { reason, verb })))
      })
  }
}

const list = async ({ json }: { json?: boolean }): Promise<void> => {
  const waiting = await withPayload(async (payload) =>
    listChanges(await readDb({ payload }), { isOpen: true, limit: MAX_LISTED }),
  )
  if (json) console.log(JSON.stringify(waiting))
  else if (waiting.length === 0) console.log('No change waits.')
  else waiting.forEach(print)
}

const print = ({ changes, id, requester, subject, takesEffectAt, title }: ListedChange): void => {
  console.log(
    `${id}  ${title}, by ${requester ?? '-'}, effective ${takesEffectAt ?? 'on approval'}`,
  )
  for (const change of changes) {
    const { from, label, to } = describeFieldChange(subject, change)
    console.log(`  ${label}: ${from} → ${to}`)
  }
}

const decide = async (
  payload: Payload,
  id: string,
  { reason, verb }: { reason: string; verb: 'approve' | 'reject' },
): Promise<string> => {
  const req = await createLocalReq({}, payload)
  const status = await inTransaction(req, () =>
    verb === 'approve' ? approve(req, id, reason) : reject(req, id, reason),
  )
  if (status !== 'superseded') return status
  throw new Error('It is superseded: its document or its requester has changed since.')
}

const approve = (req: PayloadRequest, id: string, reason: string) =>
  applyChange(req, id, {
    authority: { kind: 'operator', actor: operator() },
    now: now(),
    reason,
  })

const reject = async (req: PayloadRequest, id: string, reason: string) => {
  await closeChange(req, id, {
    status: 'rejected',
    by: null,
    actor: operator(),
    reason,
    now: now(),
  })
  return 'rejected' as const
}

/** The person at the machine, by the name of their account there. */
const operator = () => ({
  id: null,
  email: `${userInfo().username} (command line)`,
  role: 'operator',
})

const parseReason = (text: string): string => {
  const reason = checkReason(text)
  if (reason !== null) return reason
  throw new InvalidArgumentError(`A reason has ${REASON_RULE}.`)
}
