import path from 'node:path'

import { postgresAdapter } from '@payloadcms/db-postgres'
import { buildConfig } from 'payload'

import { Adjustments } from './collections/wallets/Adjustments.ts'
import { AuditLogs } from './collections/system/AuditLogs.ts'
import { FinanceConfig } from './collections/wallets/FinanceConfig.ts'
import { IdempotencyKeys } from './collections/system/IdempotencyKeys.ts'
import { JobRuns } from './collections/system/JobRuns.ts'
import { Payments } from './collections/referrals/Payments.ts'
import { Refunds } from './collections/referrals/Refunds.ts'
import { ServiceAccounts } from './collections/system/ServiceAccounts.ts'
import { Users } from './collections/members/Users.ts'
import { Wallets } from './collections/wallets/Wallets.ts'
import { WalletTransactions } from './collections/wallets/WalletTransactions.ts'
import { answerError } from './hooks/system/answerError.ts'
import { audit } from './plugins/audit/index.ts'
import { changes } from './plugins/changes/index.ts'
import { referrals } from './plugins/referrals/index.ts'
import { requestSafety } from './plugins/requestSafety/index.ts'
import { catalogue } from './plugins/catalogue/index.ts'
import { cashback } from './plugins/cashback/index.ts'
import { members } from './plugins/members/index.ts'
import { memberPages } from './src/messaging/memberPages.ts'
import { messaging } from './plugins/messaging/index.ts'
import { operations } from './plugins/operations/index.ts'
import { payouts } from './plugins/payouts/index.ts'
import { wallets } from './plugins/wallets/index.ts'
import { publicAddresses } from './src/config/publicAddresses.ts'
import { archiveOptions } from './src/platform/archives/findArchives.ts'
import { readEncryptionKey } from './src/platform/encryption.ts'
import { readEnv } from './src/config/env.ts'
import { followClock } from './src/platform/followClock.ts'
import { ledgerSchema } from './src/database/schema/ledgerSchema.ts'
import { expectedErrors, createLogger } from './src/platform/logger.ts'
import { messagingOptions } from './plugins/messaging/messagingOptions.ts'
import { outboxSchema } from './src/database/schema/outboxSchema.ts'
import { projectRoot } from './src/platform/projectRoot.ts'
import { changeSchema } from './src/database/schema/changeSchema.ts'
import { cashbackSchema } from './src/database/schema/cashbackSchema.ts'
import { payoutSchema } from './src/database/schema/payoutSchema.ts'
import { upkeepSchema } from './src/database/schema/upkeepSchema.ts'
import { moneySchema } from './src/database/schema/moneySchema.ts'
import { confirmCommits } from './src/database/confirmCommits.ts'
import { limitAuthWrites } from './src/database/limitAuthWrites.ts'
import { noteDatabaseLoss } from './src/database/noteDatabaseLoss.ts'
import { poolOptions } from './src/database/pool.ts'
import { returnReserved } from './src/database/returnReserved.ts'
import { dropUnusedIndexes } from './src/database/schema/dropUnusedIndexes.ts'
import { restrictMoneyKeys } from './src/database/schema/restrictMoneyKeys.ts'

const env = readEnv()
const root = projectRoot()
const { origins, publicUrl } = publicAddresses(env)

export default buildConfig({
  secret: env.PAYLOAD_SECRET ?? '',
  // Unset in a demo, which is also reached by 127.0.0.1; then links follow the request.
  serverURL: env.PUBLIC_URL ? new URL(env.PUBLIC_URL).origin : undefined,
  logger: createLogger(env.LOG_LEVEL),
  loggingLevels: expectedErrors,
  cors: { origins, headers: ['Idempotency-Key', 'X-Audit-Reason', 'X-Request-Id'] },
  csrf: origins,
  db: limitAuthWrites(
    noteDatabaseLoss(
      confirmCommits(
        returnReserved(
          postgresAdapter({
            pool: poolOptions(env),
            push: false,
            idType: 'uuidv7',
            migrationDir: path.resolve(root, 'src/database/migrations'),
            beforeSchemaInit: [restrictMoneyKeys, dropUnusedIndexes],
            afterSchemaInit: [
              ledgerSchema,
              moneySchema,
              cashbackSchema,
              payoutSchema,
              outboxSchema,
              changeSchema,
              upkeepSchema,
            ],
          }),
        ),
      ),
    ),
    [Users.slug],
  ),
  admin: {
    user: Users.slug,
    avatar: 'default',
    dateFormat: 'd MMM yyyy, HH:mm',
    meta: { titleSuffix: ' · Tributary' },
    components: {
      graphics: { Icon: '/src/admin/brand/Icon#Icon', Logo: '/src/admin/brand/Logo#Logo' },
      views: { createFirstUser: { Component: '/src/admin/brand/NoAdminYet#NoAdminYet' } },
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
    referrals({ inviteLink: (code) => new URL(`/r/${code}`, publicUrl).href }),
    wallets(),
    messaging(messagingOptions(env)),
    members({
      confirmLink: (token, isStaff) =>
        isStaff
          ? new URL(`/admin/confirm-email?token=${token}`, publicUrl).href
          : memberPages.verifyEmail(token),
      rateLimitFactor: env.RATE_LIMITS === 'on' ? env.RATE_LIMIT_FACTOR : null,
      revealsAccounts: env.REVEAL_ACCOUNTS === 'on',
    }),
    cashback({
      env,
      encryptionKey: readEncryptionKey(env.ENCRYPTION_KEY, env.PAYLOAD_SECRET ?? ''),
    }),
    catalogue({ siteUrl: env.FRONTEND_URL ?? publicUrl }),
    payouts({
      env,
      encryptionKey: readEncryptionKey(env.ENCRYPTION_KEY, env.PAYLOAD_SECRET ?? ''),
    }),
    operations({
      metricsToken: env.METRICS_TOKEN,
      archives: archiveOptions(env),
      alerts: { publicUrl, overdueDays: env.WITHDRAWAL_OVERDUE_DAYS },
    }),
    // After all plugins that add collections and globals with sensitive fields.
    changes(),
    // After all plugins that add collections and routes: its rules apply to theirs.
    requestSafety({
      isHttps: publicUrl.startsWith('https:'),
      rateLimitFactor: env.RATE_LIMITS === 'on' ? env.RATE_LIMIT_FACTOR : null,
    }),
    audit(), // last: it audits what the others add
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
