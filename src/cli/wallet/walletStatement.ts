import { pipeline } from 'node:stream/promises'

import { Option, type Command } from 'commander'
import type { Payload } from 'payload'

import { formatMoney } from '../../domain/money.ts'
import { resolveTimeZone } from '../../domain/zonedDay.ts'
import {
  ledgerNow,
  readWholeStatement,
  type Statement,
} from '../../ledger/statements/readStatement.ts'
import { readDb } from '../../database/readDb.ts'
import { writeStatementCsv } from '../../ledger/statements/writeStatementCsv.ts'
import { parsePeriod } from '../../ledger/statements/parsePeriod.ts'
import { findPerson } from '../findPerson.ts'
import { withPayload } from '../withPayload.ts'

type Options = {
  csv?: boolean
  currency: string
  from?: string
  json?: boolean
  kind: 'available' | 'held'
  member: string
  to?: string
}

/** `tributary wallet statement --member <email> [--currency] [--from] [--to] [--csv|--json]` */
export const addWalletStatement = (wallet: Command): void => {
  wallet
    .command('statement')
    .description('what a wallet held, received and paid; without a period, this month')
    .requiredOption('--member <email>')
    .option('--currency <code>', 'ISO 4217', 'INR')
    .addOption(new Option('--kind <kind>').choices(['available', 'held']).default('available'))
    .option('--from <when>', 'a day of the member’s time zone, or an instant')
    .option('--to <when>', 'a day, which is included, or an instant, which is not')
    .addOption(new Option('--csv', 'all of it as CSV').conflicts('json'))
    .option('--json', 'all of it as JSON')
    .action((options: Options) => withPayload((payload) => print(payload, options)))
}

const print = async (payload: Payload, { csv, json, ...options }: Options): Promise<void> => {
  const { currency, from, kind, member, to } = options
  const { id: owner, timeZone } = await findPerson(payload, member)
  const db = await readDb({ payload })
  const zone = resolveTimeZone(timeZone)
  const period = parsePeriod({ from, now: await ledgerNow(db), timeZone: zone, to })
  const query = { owner, currency, kind, ...period }
  if (csv) {
    await pipeline(await writeStatementCsv(db, query), process.stdout, { end: false })
    return
  }
  const statement = await readWholeStatement(db, query)
  if (json) console.log(JSON.stringify(statement))
  else console.log(formatStatement(statement, zone))
}

const formatStatement = (statement: Statement, timeZone: string): string => {
  const { closingMinor, inMinor, moves, openingMinor, outMinor, wallet } = statement
  const money = (amountMinor: number) => formatMoney(amountMinor, wallet.currency)
  const at = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone,
  })
  return [
    `${wallet.currency} ${wallet.kind}, ${at.formatRange(statement.from, statement.to)} (${timeZone})`,
    `opening  ${money(openingMinor)}`,
    ...moves.map(
      ({ balanceMinor, inMinor: credit, kind, other, outMinor: debit, postedAt, version }) =>
        [
          String(version).padStart(6),
          at.format(postedAt),
          kind,
          other.kind,
          credit > 0 ? `+${money(credit)}` : money(-debit),
          money(balanceMinor),
        ].join('  '),
    ),
    `in ${money(inMinor)}, out ${money(outMinor)}`,
    `closing  ${money(closingMinor)}`,
  ].join('\n')
}
