import { randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'

import type { Command } from 'commander'

import { withPayload } from './withPayload.ts'

type Options = { email: string; name?: string; passwordStdin?: boolean }

/** `tributary user create-admin --email <email> [--name <name>] [--password-stdin]` */
export const addUser = (program: Command): void => {
  const user = program.command('user').description('people')
  user
    .command('create-admin')
    .description('create an admin; the first admin can only be created here')
    .requiredOption('--email <email>')
    .option('--name <name>')
    .option(
      '--password-stdin',
      'read the password from standard input; without it one is generated',
    )
    .action(createAdmin)
}

const createAdmin = async ({ email, name, passwordStdin }: Options): Promise<void> => {
  const given = passwordStdin ? (await text(process.stdin)).trim() : undefined
  const password = given ?? randomBytes(12).toString('base64url')
  await withPayload(async (payload) => {
    await payload.create({
      collection: 'users',
      data: { email, password, role: 'admin', ...(name ? { name } : {}) },
      depth: 0,
    })
  })
  console.log(`Admin ${email} was created.`)
  if (given === undefined) console.log(`Password, shown this once: ${password}`)
}
