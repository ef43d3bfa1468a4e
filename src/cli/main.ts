import { existsSync } from 'node:fs'

import { Command } from 'commander'

import { provideEnv } from '../env.ts'
import { addBuild } from './build.ts'
import { addDeadLetters } from './deadLetters.ts'
import { addDemo } from './demo.ts'
import { addDev } from './dev.ts'
import { addGenerate } from './generate.ts'
import { addJobs } from './jobs.ts'
import { addMigrate } from './migrate.ts'
import { addMigrateCreate } from './migrateCreate.ts'
import { addNotifications } from './notifications.ts'
import { addSimulator } from './simulator.ts'
import { addStart } from './start.ts'
import { addSync } from './sync.ts'
import { addUser } from './user.ts'
import { addWallet } from './wallet.ts'

const program = new Command('tributary')
  .description('Referral commissions and the wallets they flow into.')
  .showHelpAfterError()

for (const add of [
  addDemo,
  addDev,
  addStart,
  addSimulator,
  addMigrate,
  addMigrateCreate,
  addUser,
  addSync,
  addWallet,
  addJobs,
  addNotifications,
  addDeadLetters,
  addBuild,
  addGenerate,
]) {
  add(program)
}

// Else Payload would connect to whatever development server runs on port 3000, and never end.
if (process.argv[2] !== 'dev') provideEnv({ DISABLE_PAYLOAD_HMR: 'true' })

// As every tool of an operator does; what is set already stays.
if (existsSync('.env')) process.loadEnvFile('.env')

try {
  await program.parseAsync()
  // Next and others leave timers behind that would keep a command that is done from ending.
  process.exit()
} catch (error) {
  // The message is for people; what lies behind it helps whoever reads on.
  console.error(error instanceof Error ? error.message : error)
  if (error instanceof Error && error.cause instanceof Error) {
    console.error(`because: ${error.cause.message}`)
  }
  // A command that failed half-way may have left connections open.
  process.exit(1)
}
