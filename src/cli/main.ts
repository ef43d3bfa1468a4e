import { existsSync } from 'node:fs'

import { Command } from 'commander'

import { provideEnv } from '../config/env.ts'

/** In the order of the help. A command is loaded when it is called: some need no Payload. */
const COMMANDS: Record<string, () => Promise<(program: Command) => void>> = {
  demo: async () => (await import('./demo.ts')).addDemo,
  dev: async () => (await import('./dev.ts')).addDev,
  start: async () => (await import('./start.ts')).addStart,
  simulator: async () => (await import('./simulator.ts')).addSimulator,
  migrate: async () => (await import('./migrate.ts')).addMigrate,
  'migrate-create': async () => (await import('./migrateCreate.ts')).addMigrateCreate,
  user: async () => (await import('./user.ts')).addUser,
  sync: async () => (await import('./sync/sync.ts')).addSync,
  wallet: async () => (await import('./wallet/wallet.ts')).addWallet,
  jobs: async () => (await import('./jobs.ts')).addJobs,
  notifications: async () => (await import('./notifications.ts')).addNotifications,
  payouts: async () => (await import('./payouts.ts')).addPayouts,
  changes: async () => (await import('./changes.ts')).addChanges,
  'dead-letters': async () => (await import('./deadLetters.ts')).addDeadLetters,
  build: async () => (await import('./build.ts')).addBuild,
  generate: async () => (await import('./generate.ts')).addGenerate,
}

const program = new Command('tributary')
  .description('Referral commissions and the wallets they flow into.')
  .showHelpAfterError()

const called = COMMANDS[process.argv[2] ?? '']
for (const load of called ? [called] : Object.values(COMMANDS)) (await load())(program)

// Else Payload would connect to any development server on port 3000, and a command would not end.
provideEnv({ DISABLE_PAYLOAD_HMR: 'true' })

// Variables that are already set win.
if (existsSync('.env')) process.loadEnvFile('.env')

try {
  await program.parseAsync()
  // Next and others leave timers behind, which would keep a finished command from ending.
  process.exit()
} catch (error) {
  // The message comes first; the cause helps to find the mistake.
  console.error(error instanceof Error ? error.message : error)
  if (error instanceof Error && error.cause instanceof Error) {
    console.error(`because: ${error.cause.message}`)
  }
  // A command that failed half-way may have left connections open.
  process.exit(1)
}
