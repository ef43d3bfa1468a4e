import { type Command, InvalidArgumentError, Option } from 'commander'
import { createLocalReq, type Payload } from 'payload'

import { now } from '../platform/clock.ts'
import { inTransaction } from '../database/inTransaction.ts'
import { CHANNEL_KINDS, LOCALES } from '../messaging/types.ts'
import { type DirectMessage, queueToAddress } from '../messaging/outbox/queueToAddress.ts'
import { withPayload } from './withPayload.ts'

type Options = DirectMessage & { json?: boolean }

/** `tributary notifications send --channel --template --to [--locale] [--data]` */
export const addNotifications = (program: Command): void => {
  const notifications = program.command('notifications').description('messages to people')
  notifications
    .command('send')
    .description('queue one message to an address; a worker sends it')
    .addOption(new Option('--channel <channel>').choices(CHANNEL_KINDS).makeOptionMandatory())
    .requiredOption('--template <name>')
    .requiredOption('--to <address>', 'an e-mail address, or a number such as +919845066601')
    .addOption(new Option('--locale <language>').choices(LOCALES).default('en'))
    .option('--data <json>', 'the data of the template; sample data when absent', parseObject)
    .option('--json', 'print the row as JSON')
    .action(async ({ json, ...options }: Options) => {
      const row = await withPayload((payload) => send(payload, options))
      console.log(json ? JSON.stringify(row) : `Queued as ${row.id}.`)
    })
}

const send = async (payload: Payload, options: Omit<Options, 'json'>) => {
  const req = await createLocalReq({}, payload)
  const { id, status } = await inTransaction(req, () => queueToAddress(req, options, now()))
  const { channel, locale, template } = options
  return { id, status, channel, locale, template }
}

const parseObject = (text: string): object => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // Not JSON: refused below, like JSON of another kind.
  }
  throw new InvalidArgumentError('Data is a JSON object, such as {"name": "Asha"}.')
}
