import { type Command, InvalidArgumentError, Option } from 'commander'
import { createLocalReq } from 'payload'

import { inTransaction } from '../database/inTransaction.ts'
import { readDb } from '../database/readDb.ts'
import { formatMoney } from '../domain/money.ts'
import { WITHDRAWAL_STATUSES, type WithdrawalStatus } from '../domain/payouts/withdrawalStates.ts'
import { REASON_RULE, checkReason } from '../domain/reason.ts'
import { requestLook } from '../payouts/attempts/requestLook.ts'
import { resolveAttempt } from '../payouts/batches/resolveAttempt.ts'
import { findReferences, listWithdrawals } from '../payouts/withdrawals/listWithdrawals.ts'
import { now } from '../platform/clock.ts'
import { actAs } from './payouts/actAs.ts'
import { approvePayouts } from './payouts/approvePayouts.ts'
import { importAnswer, type ImportOptions } from './payouts/importAnswer.ts'
import { sendBatch, type SendOptions } from './payouts/sendBatch.ts'
import { withPayload } from './withPayload.ts'

const MAX_LISTED = 200
const AS = 'a person of finance or an admin, by e-mail address'

/** `tributary payouts list|approve|send|import|resolve|look-up` */
export const addPayouts = (program: Command): void => {
  const payouts = program.command('payouts').description('withdrawals of members')
  for (const add of [addList, addApprove, addSend, addImport, addResolve, addLookUp]) add(payouts)
}

const addList = (payouts: Command): void => {
  payouts
    .command('list')
    .description(`the oldest ${MAX_LISTED} that are open or were paid late, accounts masked`)
    .addOption(new Option('--status <status...>').choices([...WITHDRAWAL_STATUSES]))
    .option('--json', 'print them as JSON')
    .action(async ({ json, status = [] }: { json?: boolean; status?: WithdrawalStatus[] }) => {
      const rows = await withPayload(async (payload) =>
        listWithdrawals(await readDb({ payload }), { statuses: status, limit: MAX_LISTED }),
      )
      if (json) {
        console.log(JSON.stringify(rows))
        return
      }
      for (const row of rows) {
        const { attempt, batch, createdAt, currency, display, netMinor, reference } = row
        const state = row.isPaidLate ? `${row.status}, paid late` : row.status
        const amount = formatMoney(netMinor, currency)
        const place = [batch, attempt].filter((part) => part !== null).join('  ') || '-'
        console.log(`${reference}  ${createdAt}  ${state}  ${amount} to ${display}  ${place}`)
      }
      if (rows.length === 0) console.log('No withdrawals.')
    })
}

const addApprove = (payouts: Command): void => {
  payouts
    .command('approve <references...>')
    .description('approve them by the same rules; exit code 1 when one is refused')
    .requiredOption('--as <email>', AS)
    .option('--json', 'print the result of each as JSON')
    .action(async (references: string[], { as, json }: { as: string; json?: boolean }) => {
      const results = await withPayload((payload) => approvePayouts(payload, { as, references }))
      if (json) console.log(JSON.stringify(results))
      else
        for (const { reference, result, why } of results) {
          console.log(`${reference}  ${why ?? result.replace('-', ' ')}`)
        }
      if (results.some(({ result }) => result === 'refused')) process.exitCode = 1
    })
}

type Send = { as: string; out: string; profile?: string; date?: string; batch?: string }

const addSend = (payouts: Command): void => {
  const command = payouts
    .command('send')
    .description('make a batch of all that are approved with a profile, and write its file')
    .option('--profile <name>', 'the profile of the bank file')
    .option('--date <day>', 'the day on which the bank pays, such as 2026-11-30')
    .option('--batch <reference>', 'write the file of this batch again instead')
    .requiredOption('--out <file>', 'a new file, which its owner alone can read')
    .requiredOption('--as <email>', `${AS}, who then does not import the answer`)
    .option('--json', 'print the batch as JSON')
  command.action(async ({ json, ...options }: Send & { json?: boolean }) => {
    const send = readSend(command, options)
    const batch = await withPayload((payload) => sendBatch(payload, send))
    if (json) {
      console.log(JSON.stringify(batch))
      return
    }
    const { count, currency, fileName, hasMore, refused, sha256, totalMinor } = batch
    console.log(`${batch.reference}  ${count} payments  ${formatMoney(totalMinor, currency)}`)
    console.log(`name at the bank  ${fileName}`)
    console.log(`SHA-256  ${sha256}`)
    for (const { id, message, reference } of refused) {
      console.log(`left out  ${reference ?? id}  ${message}`)
    }
    if (hasMore) console.log('More wait than the bank takes in one file. Make another batch.')
  })
}

const readSend = (command: Command, { as, batch, date, out, profile }: Send): SendOptions => {
  if (batch !== undefined && profile === undefined && date === undefined) return { as, out, batch }
  if (batch === undefined && profile !== undefined && date !== undefined) {
    return { as, out, profile, date }
  }
  return command.error('Give either --profile and --date, or --batch.')
}

const addImport = (payouts: Command): void => {
  payouts
    .command('import <file>')
    .description('import a bank’s answer; exit code 1 when a line could not be taken')
    .requiredOption('--profile <name>', 'the profile of the bank')
    .requiredOption('--as <email>', `${AS}, who did not make the batch`)
    .option('--batch <reference>', 'the batch that it answers')
    .option('--dry-run', 'change nothing, and print what would change')
    .option('--json', 'print counts and lines as JSON')
    .action(async (file: string, { json, ...rest }: Omit<ImportOptions, 'file'> & Json) => {
      const answer = await withPayload((payload) => importAnswer(payload, { ...rest, file }))
      if (json) console.log(JSON.stringify(answer))
      else {
        for (const { attempt, line, message, withdrawal } of answer.lines) {
          console.log(`line ${line}  ${withdrawal ?? '-'}  ${attempt ?? '-'}  ${message}`)
        }
        const counts = Object.entries(answer.counts).filter(([, count]) => count > 0)
        console.log(counts.map(([outcome, count]) => `${count} ${outcome}`).join(', '))
      }
      if (!answer.isWhole) process.exitCode = 1
    })
}

type Json = { json?: boolean }
type Resolve = { as: 'not-paid' | 'paid'; by: string; reason: string }

const addResolve = (payouts: Command): void => {
  payouts
    .command('resolve <attempt>')
    .description('answer what became of an attempt, by its key, as a person found at the bank')
    .addOption(new Option('--as <answer>').choices(['paid', 'not-paid']).makeOptionMandatory())
    .requiredOption('--by <email>', `${AS}, who neither approved it nor made its batch`)
    .requiredOption('--reason <text>', 'stored with it and in the audit log', parseReason)
    .action(async (key: string, { as: found, by: email, reason }: Resolve) => {
      await withPayload(async (payload) => {
        const { by, req } = await actAs(payload, email)
        await inTransaction(req, () => resolveAttempt(req, { key, found, by, reason, now: now() }))
      })
      console.log(`${key}  ${found.replace('-', ' ')}`)
    })
}

const addLookUp = (payouts: Command): void => {
  payouts
    .command('look-up <reference>')
    .description('ask the provider now what became of the latest attempt')
    .action(async (reference: string) => {
      const { attempt, status } = await withPayload(async (payload) => {
        const id = (await findReferences(await readDb({ payload }), [reference])).get(reference)
        if (id === undefined) throw new Error(`There is no withdrawal ${reference}.`)
        const req = await createLocalReq({}, payload)
        return requestLook(req, { withdrawal: id, now: now() })
      })
      console.log(`${attempt}  ${status}`)
    })
}

const parseReason = (text: string): string => {
  const reason = checkReason(text)
  if (reason !== null) return reason
  throw new InvalidArgumentError(`A reason has ${REASON_RULE}.`)
}
