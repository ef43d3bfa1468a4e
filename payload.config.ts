import path from 'node:path'

import { postgresAdapter } from '@payloadcms/db-postgres'
import { buildConfig } from 'payload'

import { Adjustments } from './collections/Adjustments.ts'
import { AuditLogs } from './collections/AuditLogs.ts'
import { FinanceConfig } from './collections/FinanceConfig.ts'
import { IdempotencyKeys } from './collections/IdempotencyKeys.ts'
import { JobRuns } from './collections/JobRuns.ts'
import { Payments } from './collections/Payments.ts'
import { Refunds } from './collections/Refunds.ts'
import { ServiceAccounts } from './collections/ServiceAccounts.ts'
import { Users } from './collections/Users.ts'
import { Wallets } from './collections/Wallets.ts'
import { WalletTransactions } from './collections/WalletTransactions.ts'
import { answerError } from './hooks/answerError.ts'
import { adjustments } from './plugins/adjustments/index.ts'
import { audit } from './plugins/audit/index.ts'
import { probe } from './plugins/probe/index.ts'
import { referrals } from './plugins/referrals/index.ts'
import { requestSafety } from './plugins/requestSafety/index.ts'
import { networks } from './plugins/networks/index.ts'
import { reconciliation } from './plugins/networks/reconciliation.ts'
import { notifications } from './plugins/notifications/index.ts'
import { operations } from './plugins/operations/index.ts'
import { wallets } from './plugins/wallets/index.ts'
import { addressesOf } from './src/addressesOf.ts'
import { encryptionKeyOf } from './src/encryption.ts'
import { readEnv } from './src/env.ts'
import { followClock } from './src/followClock.ts'
import { ledgerSchema } from './src/ledger/ledgerSchema.ts'
import { expectedErrors, loggerOf } from './src/logger.ts'
import { notificationsOptions } from './src/notificationsOptions.ts'
import { outboxSchema } from './src/outbox/outboxSchema.ts'
import { projectRoot } from './src/projectRoot.ts'
import { cashbackSchema } from './src/schema/cashbackSchema.ts'
import { moneySchema } from './src/schema/moneySchema.ts'
import { narrowSignIns } from './src/narrowSignIns.ts'
import { poolOf } from './src/schema/poolOf.ts'
import { dropUnusedIndexes } from './src/schema/dropUnusedIndexes.ts'
import { restrictMoneyKeys } from './src/schema/restrictMoneyKeys.ts'

const env = readEnv()
const root = projectRoot()
const { origins, publicUrl } = addressesOf(env)

export default buildConfig({
  secret: env.PAYLOAD_SECRET ?? '',
  // Unset in a demo, which is also reached by 127.0.0.1; then links follow the request.
  serverURL: env.PUBLIC_URL ? new URL(env.PUBLIC_URL).origin : undefined,
  logger: loggerOf(env.LOG_LEVEL),
  loggingLevels: expectedErrors,
  cors: { origins, headers: ['Idempotency-Key', 'X-Audit-Reason', 'X-Request-Id'] },
  csrf: origins,
  db: narrowSignIns(
    postgresAdapter({
      pool: poolOf(env),
      push: false,
      idType: 'uuidv7',
      migrationDir: path.resolve(root, 'src/migrations'),
      beforeSchemaInit: [restrictMoneyKeys, dropUnusedIndexes],
      afterSchemaInit: [ledgerSchema, moneySchema, cashbackSchema, outboxSchema],
    }),
    [Users.slug],
  ),
  admin: {
    user: Users.slug,
    avatar: 'default',
    dateFormat: 'd MMM yyyy, HH:mm',
    meta: { titleSuffix: ' · Tributary' },
    components: {
      graphics: { Icon: '/src/admin/Icon#Icon', Logo: '/src/admin/Logo#Logo' },
      views: { createFirstUser: { Component: '/src/admin/NoAdminYet#NoAdminYet' } },
    },
    importMap: {
      baseDir: root,
      importMapFile: path.resolve(root, 'src/app/(payload)/admin/importMap.js'),
    },
  },
  collections: [
    Users,
    ServiceAccounts,
    Payments,
    Refunds,
    Wallets,
    WalletTransactions,
    Adjustments,
    AuditLogs,
    IdempotencyKeys,
    JobRuns,
  ],
  globals: [FinanceConfig],
  plugins: [
    adjustments(),
    referrals({ inviteLink: (code) => new URL(`/r/${code}`, publicUrl).href }),
    wallets(),
    notifications(notificationsOptions(env)),
    networks({ env, encryptionKey: encryptionKeyOf(env.ENCRYPTION_KEY, env.PAYLOAD_SECRET ?? '') }),
    reconciliation(),
    ...(env.TRIBUTARY_MODE === 'test' ? [probe()] : []),
    operations({ metricsToken: env.METRICS_TOKEN }),
    // Behind all that bring collections and routes: it holds them to the same rules.
    requestSafety({
      isHttps: publicUrl.startsWith('https:'),
      rateLimitFactor: env.RATE_LIMITS === 'on' ? env.RATE_LIMIT_FACTOR : null,
    }),
    audit(), // last: it watches what the others bring
  ],
  hooks: { afterError: [answerError] },
  defaultDepth: 0,
  maxDepth: 3,
  graphQL: {
    maxComplexity: 300,
    disablePlaygroundInProduction: true,
    schemaOutputFile: path.resolve(root, 'docs/schema.graphql'),
  },
  jobs: { access: { run: () => false, queue: () => false, cancel: () => false } },
  typescript: { autoGenerate: false, outputFile: path.resolve(root, 'src/payload-types.ts') },
  telemetry: false,
  onInit: () => (env.TRIBUTARY_CLOCK ? followClock(env.TRIBUTARY_CLOCK) : undefined),
})
