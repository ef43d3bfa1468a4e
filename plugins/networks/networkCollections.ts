import type { CollectionConfig } from 'payload'

import { CashbackClaims } from '../../collections/CashbackClaims.ts'
import { CashbackEvents } from '../../collections/CashbackEvents.ts'
import { ClaimFiles } from '../../collections/ClaimFiles.ts'
import { Clicks } from '../../collections/Clicks.ts'
import { Merchants } from '../../collections/Merchants.ts'
import { NetworkPages } from '../../collections/NetworkPages.ts'
import { Networks } from '../../collections/Networks.ts'
import { NetworkStatements } from '../../collections/NetworkStatements.ts'
import { NetworkTransactions } from '../../collections/NetworkTransactions.ts'
import { Offers } from '../../collections/Offers.ts'
import { QuarantinedRows } from '../../collections/QuarantinedRows.ts'
import { SaleAssignments } from '../../collections/SaleAssignments.ts'
import { StatementLines } from '../../collections/StatementLines.ts'
import { SyncRequests } from '../../collections/SyncRequests.ts'
import { SyncRuns } from '../../collections/SyncRuns.ts'
import { keepOfferInShop } from '../../hooks/keepOfferInShop.ts'
import { keepSafeLinks } from '../../hooks/keepSafeLinks.ts'
import type { NetworksOptions } from '../../src/sync/networksOf.ts'
import { explainView } from '../explainView.ts'
import { type Extension, extendCollection } from '../extendCollection.ts'
import { claimPanelField } from './admin/claims/claimPanelField.ts'
import { askForAll } from './endpoints/askForAll.ts'
import { askForSync } from './endpoints/askForSync.ts'
import { assignSale } from './endpoints/assignSale.ts'
import { claimFileContent } from './endpoints/claimFileContent.ts'
import { decideAssignment } from './endpoints/decideAssignment.ts'
import { explainCashbackEvent } from './endpoints/explainCashback.ts'
import { makeClick } from './endpoints/makeClick.ts'
import { makeToken } from './endpoints/makeToken.ts'
import { orphans } from './endpoints/orphans.ts'
import { overview } from './endpoints/overview.ts'
import { postbackAddress } from './endpoints/postbackAddress.ts'
import { rejectClaim } from './endpoints/rejectClaim.ts'
import { settleRow } from './endpoints/settleRow.ts'
import { submitClaim } from './endpoints/submitClaim.ts'
import { uploadClaimFile } from './endpoints/uploadClaimFile.ts'

/** Networks, shops, and what goes on between them, each with its routes and reactions. */
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
  SaleAssignments,
  CashbackEvents,
  CashbackClaims,
  ClaimFiles,
  NetworkStatements,
  StatementLines,
]

const extensionsOf = (options: NetworksOptions): Record<string, Extension> => ({
  networks: { endpoints: [overview, askForAll, askForSync, postbackAddress] },
  merchants: { hooks: { beforeValidate: [keepSafeLinks] } },
  offers: { hooks: { beforeValidate: [keepOfferInShop] } },
  clicks: { endpoints: [makeClick, makeToken] },
  'quarantined-rows': {
    endpoints: [settleRow],
    controls: ['/plugins/networks/admin/quarantine/SettleControls#SettleControls'],
  },
  'cashback-events': {
    endpoints: [explainCashbackEvent],
    views: { explain: explainView('networks/admin/explain/ExplainCashbackTab') },
  },
  'network-transactions': { endpoints: [orphans, assignSale] },
  'sale-assignments': { endpoints: [decideAssignment('approve'), decideAssignment('reject')] },
  'cashback-claims': {
    endpoints: [submitClaim(limitsOf(options)), rejectClaim],
    firstFields: [claimPanelField],
  },
  'claim-files': { endpoints: [uploadClaimFile(limitsOf(options)), claimFileContent] },
})

const limitsOf = ({ env }: NetworksOptions) => ({
  rateLimitFactor: env.RATE_LIMITS === 'on' ? env.RATE_LIMIT_FACTOR : null,
})
