import type { CollectionConfig } from 'payload'

import { CashbackClaims } from '../../collections/cashback/CashbackClaims.ts'
import { CashbackEvents } from '../../collections/cashback/CashbackEvents.ts'
import { ClaimFiles } from '../../collections/cashback/ClaimFiles.ts'
import { Clicks } from '../../collections/cashback/Clicks.ts'
import { Merchants } from '../../collections/catalogue/Merchants.ts'
import { FileImports } from '../../collections/cashback/FileImports.ts'
import { HeldCredits } from '../../collections/cashback/HeldCredits.ts'
import { NetworkPages } from '../../collections/cashback/NetworkPages.ts'
import { Networks } from '../../collections/cashback/Networks.ts'
import { NetworkStatements } from '../../collections/cashback/NetworkStatements.ts'
import { NetworkTransactions } from '../../collections/cashback/NetworkTransactions.ts'
import { Offers } from '../../collections/catalogue/Offers.ts'
import { QuarantinedRows } from '../../collections/cashback/QuarantinedRows.ts'
import { TransactionAssignments } from '../../collections/cashback/TransactionAssignments.ts'
import { StatementLines } from '../../collections/cashback/StatementLines.ts'
import { SyncRequests } from '../../collections/cashback/SyncRequests.ts'
import { SyncRuns } from '../../collections/cashback/SyncRuns.ts'
import { validateOffer } from '../../hooks/catalogue/validateOffer.ts'
import { validateMerchantLinks } from '../../hooks/catalogue/validateMerchantLinks.ts'
import type { NetworksOptions } from '../../src/cashback/ingestion/sync/networksOptions.ts'
import { explainView } from '../extend/explainView.ts'
import { type Extension, extendCollection } from '../extend/extendCollection.ts'
import { claimPanelField } from './admin/claims/claimPanelField.ts'
import { startAllSyncs } from './endpoints/networks/startAllSyncs.ts'
import { startSync } from './endpoints/networks/startSync.ts'
import { assignTransaction } from './endpoints/attribution/assignTransaction.ts'
import { downloadClaimFile } from './endpoints/claims/downloadClaimFile.ts'
import { decideAssignment } from './endpoints/attribution/decideAssignment.ts'
import { decideFileImport } from './endpoints/reconciliation/decideFileImport.ts'
import { explainCashbackEvent } from './endpoints/explainCashback.ts'
import { createClick } from './endpoints/clicks/createClick.ts'
import { createClickToken } from './endpoints/clicks/createClickToken.ts'
import { listUnattributed } from './endpoints/attribution/listUnattributed.ts'
import { overview } from './endpoints/networks/overview.ts'
import { postbackAddress } from './endpoints/networks/postbackAddress.ts'
import { rejectClaim } from './endpoints/claims/rejectClaim.ts'
import { resolveRow } from './endpoints/networks/resolveRow.ts'
import { submitClaim } from './endpoints/claims/submitClaim.ts'
import { uploadClaimFile } from './endpoints/claims/uploadClaimFile.ts'

/** The collections of networks and catalogue, with their endpoints and hooks. */
export const networkCollections = (options: NetworksOptions): CollectionConfig[] =>
  Object.entries(extensionsOf(options)).reduce(
    (collections, [slug, extension]) => extendCollection(collections, slug, extension),
    COLLECTIONS,
  )

const COLLECTIONS: CollectionConfig[] = [
  Networks,
  Merchants,
  Offers,
  Clicks,
  SyncRuns,
  SyncRequests,
  NetworkPages,
  QuarantinedRows,
  NetworkTransactions,
  TransactionAssignments,
  FileImports,
  HeldCredits,
  CashbackEvents,
  CashbackClaims,
  ClaimFiles,
  NetworkStatements,
  StatementLines,
]

const extensionsOf = (options: NetworksOptions): Record<string, Extension> => ({
  networks: { endpoints: [overview, startAllSyncs, startSync, postbackAddress] },
  merchants: { hooks: { beforeValidate: [validateMerchantLinks] } },
  offers: { hooks: { beforeValidate: [validateOffer] } },
  clicks: { endpoints: [createClick(limitsOf(options)), createClickToken(limitsOf(options))] },
  'quarantined-rows': {
    endpoints: [resolveRow],
    controls: ['/plugins/cashback/admin/quarantine/ResolveControls#ResolveControls'],
  },
  'cashback-events': {
    endpoints: [explainCashbackEvent],
    views: { explain: explainView('cashback/admin/explain/ExplainCashbackTab') },
  },
  'network-transactions': { endpoints: [listUnattributed, assignTransaction] },
  'transaction-assignments': {
    endpoints: [decideAssignment('approve'), decideAssignment('reject')],
  },
  'file-imports': {
    endpoints: [decideFileImport('approve'), decideFileImport('reject')],
    controls: ['/plugins/cashback/admin/held/FileImportControls#FileImportControls'],
  },
  'cashback-claims': {
    endpoints: [submitClaim(limitsOf(options)), rejectClaim],
    firstFields: [claimPanelField],
  },
  'claim-files': { endpoints: [uploadClaimFile(limitsOf(options)), downloadClaimFile] },
})

const limitsOf = ({ env }: NetworksOptions) => ({
  rateLimitFactor: env.RATE_LIMITS === 'on' ? env.RATE_LIMIT_FACTOR : null,
})
