import { StatusCell as StatusCell_15bcc4dd575219b04c3585efcd21d26b } from '../../../../src/admin/StatusCell'
import { ChangeReferrer as ChangeReferrer_24e80c1568e0f35e4191faf5c544af86 } from '../../../../plugins/referrals/admin/referrer/ChangeReferrer'
import { StatementTab as StatementTab_6a727090a9e29c7559a92beb6b97f084 } from '../../../../plugins/wallets/admin/StatementTab'
import { AuditTab as AuditTab_d87308ed02c34de3758121e763af0f7a } from '../../../../plugins/audit/admin/AuditTab'
import { MoneyCell as MoneyCell_4ce614dc9a4594a849b5a5646d9ddb3b } from '../../../../src/admin/MoneyCell'
import { MoneyInput as MoneyInput_863695a0c5699de37431ee482931ee46 } from '../../../../src/admin/MoneyInput'
import { ExplainTab as ExplainTab_f4ca1691a3e9f80b33a67d619ab8ea70 } from '../../../../plugins/referrals/admin/explain/ExplainTab.tsx'
import { WalletCell as WalletCell_52629732773d4286728d389c3140d1fd } from '../../../../src/admin/WalletCell'
import { ExplainTransferTab as ExplainTransferTab_1278178ddf66cbb83e2e62dba67c1791 } from '../../../../plugins/referrals/admin/explain/ExplainTransferTab.tsx'
import { DecisionControls as DecisionControls_b49ac8965067ba96a4e88b896253b740 } from '../../../../plugins/adjustments/admin/DecisionControls'
import { PercentCell as PercentCell_b759113a69451f0622b16722aa2bfed5 } from '../../../../src/admin/PercentCell'
import { PercentInput as PercentInput_6c9ed908991ddf62e103f751d208900f } from '../../../../src/admin/PercentInput'
import { SettingsHelp as SettingsHelp_782f3a49f263af6634e838134e6559e4 } from '../../../../plugins/networks/admin/SettingsHelp'
import { SettleControls as SettleControls_4cd8ce21e5613d713e9729340e75a3c6 } from '../../../../plugins/networks/admin/quarantine/SettleControls'
import { ExplainCashbackTab as ExplainCashbackTab_2c2c1a65d2ae4168d4f4e8599dda3209 } from '../../../../plugins/networks/admin/explain/ExplainCashbackTab.tsx'
import { ClaimPanel as ClaimPanel_b287ef443bca60104ec05292bea95436 } from '../../../../plugins/networks/admin/claims/ClaimPanel'
import { CurrencyRowLabel as CurrencyRowLabel_f678cb8e892c694e76c39aa456fca899 } from '../../../../src/admin/CurrencyRowLabel'
import { ExampleEarnings as ExampleEarnings_9171ba93410637ffa058f084a9ca4818 } from '../../../../plugins/referrals/admin/cost/ExampleEarnings'
import { CostPanel as CostPanel_dd84a842a67b14cc2eb6107f29606cc0 } from '../../../../plugins/referrals/admin/cost/CostPanel'
import { Icon as Icon_55a0d409a5af8f499a87134144315c76 } from '../../../../src/admin/Icon'
import { Logo as Logo_275cbc8e6d8d51ca630c8afc4d6aa690 } from '../../../../src/admin/Logo'
import { DesksNav as DesksNav_51e0b8335825788fd48669e48d3f1ee8 } from '../../../../plugins/desks/DesksNav'
import { NoAdminYet as NoAdminYet_53dc3770c077ee30bc34faeb54fa5ece } from '../../../../src/admin/NoAdminYet'
import { MessagesView as MessagesView_544790f2aa32f2247b68db3f17d297dc } from '../../../../plugins/notifications/admin/MessagesView'
import { NetworksView as NetworksView_fef70f70bc7c90d5cd049eea74d748c8 } from '../../../../plugins/networks/admin/NetworksView'
import { ReconciliationView as ReconciliationView_b42a3ad2992cdf887f9ce87ffc6189e7 } from '../../../../plugins/networks/admin/reconciliation/ReconciliationView'
import { QueuesView as QueuesView_1251705aa2840d0edba9c929d8843da2 } from '../../../../plugins/operations/admin/QueuesView'
import { NetCommissionWidget as NetCommissionWidget_f96f0cb22c33f646f61fac636a9fa31d } from '../../../../plugins/referrals/admin/widgets/NetCommissionWidget'
import { HeldWidget as HeldWidget_be6fb15bac4b56aebf068b36f38178a5 } from '../../../../plugins/referrals/admin/widgets/HeldWidget'
import { OwedWidget as OwedWidget_f2f69110ede09253692bf770b7c058cf } from '../../../../plugins/referrals/admin/widgets/OwedWidget'
import { ReferredWidget as ReferredWidget_7b2e7963653d2202635f5269606f8608 } from '../../../../plugins/referrals/admin/widgets/ReferredWidget'
import { CostByMonthWidget as CostByMonthWidget_fb27fdec29cbcf166a4030f0955ef6c3 } from '../../../../plugins/referrals/admin/widgets/CostByMonthWidget'
import { TopReferrersWidget as TopReferrersWidget_93c880a357c26e2ea3c2bfe079553a20 } from '../../../../plugins/referrals/admin/widgets/TopReferrersWidget'
import { CollectionCards as CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1 } from '@payloadcms/next/rsc'

/** @type import('payload').ImportMap */
export const importMap = {
  "/src/admin/StatusCell#StatusCell": StatusCell_15bcc4dd575219b04c3585efcd21d26b,
  "/plugins/referrals/admin/referrer/ChangeReferrer#ChangeReferrer": ChangeReferrer_24e80c1568e0f35e4191faf5c544af86,
  "/plugins/wallets/admin/StatementTab#StatementTab": StatementTab_6a727090a9e29c7559a92beb6b97f084,
  "/plugins/audit/admin/AuditTab#AuditTab": AuditTab_d87308ed02c34de3758121e763af0f7a,
  "/src/admin/MoneyCell#MoneyCell": MoneyCell_4ce614dc9a4594a849b5a5646d9ddb3b,
  "/src/admin/MoneyInput#MoneyInput": MoneyInput_863695a0c5699de37431ee482931ee46,
  "/plugins/referrals/admin/explain/ExplainTab.tsx#ExplainTab": ExplainTab_f4ca1691a3e9f80b33a67d619ab8ea70,
  "/src/admin/WalletCell#WalletCell": WalletCell_52629732773d4286728d389c3140d1fd,
  "/plugins/referrals/admin/explain/ExplainTransferTab.tsx#ExplainTransferTab": ExplainTransferTab_1278178ddf66cbb83e2e62dba67c1791,
  "/plugins/adjustments/admin/DecisionControls#DecisionControls": DecisionControls_b49ac8965067ba96a4e88b896253b740,
  "/src/admin/PercentCell#PercentCell": PercentCell_b759113a69451f0622b16722aa2bfed5,
  "/src/admin/PercentInput#PercentInput": PercentInput_6c9ed908991ddf62e103f751d208900f,
  "/plugins/networks/admin/SettingsHelp#SettingsHelp": SettingsHelp_782f3a49f263af6634e838134e6559e4,
  "/plugins/networks/admin/quarantine/SettleControls#SettleControls": SettleControls_4cd8ce21e5613d713e9729340e75a3c6,
  "/plugins/networks/admin/explain/ExplainCashbackTab.tsx#ExplainCashbackTab": ExplainCashbackTab_2c2c1a65d2ae4168d4f4e8599dda3209,
  "/plugins/networks/admin/claims/ClaimPanel#ClaimPanel": ClaimPanel_b287ef443bca60104ec05292bea95436,
  "/src/admin/CurrencyRowLabel#CurrencyRowLabel": CurrencyRowLabel_f678cb8e892c694e76c39aa456fca899,
  "/plugins/referrals/admin/cost/ExampleEarnings#ExampleEarnings": ExampleEarnings_9171ba93410637ffa058f084a9ca4818,
  "/plugins/referrals/admin/cost/CostPanel#CostPanel": CostPanel_dd84a842a67b14cc2eb6107f29606cc0,
  "/src/admin/Icon#Icon": Icon_55a0d409a5af8f499a87134144315c76,
  "/src/admin/Logo#Logo": Logo_275cbc8e6d8d51ca630c8afc4d6aa690,
  "/plugins/desks/DesksNav#DesksNav": DesksNav_51e0b8335825788fd48669e48d3f1ee8,
  "/src/admin/NoAdminYet#NoAdminYet": NoAdminYet_53dc3770c077ee30bc34faeb54fa5ece,
  "/plugins/notifications/admin/MessagesView#MessagesView": MessagesView_544790f2aa32f2247b68db3f17d297dc,
  "/plugins/networks/admin/NetworksView#NetworksView": NetworksView_fef70f70bc7c90d5cd049eea74d748c8,
  "/plugins/networks/admin/reconciliation/ReconciliationView#ReconciliationView": ReconciliationView_b42a3ad2992cdf887f9ce87ffc6189e7,
  "/plugins/operations/admin/QueuesView#QueuesView": QueuesView_1251705aa2840d0edba9c929d8843da2,
  "/plugins/referrals/admin/widgets/NetCommissionWidget#NetCommissionWidget": NetCommissionWidget_f96f0cb22c33f646f61fac636a9fa31d,
  "/plugins/referrals/admin/widgets/HeldWidget#HeldWidget": HeldWidget_be6fb15bac4b56aebf068b36f38178a5,
  "/plugins/referrals/admin/widgets/OwedWidget#OwedWidget": OwedWidget_f2f69110ede09253692bf770b7c058cf,
  "/plugins/referrals/admin/widgets/ReferredWidget#ReferredWidget": ReferredWidget_7b2e7963653d2202635f5269606f8608,
  "/plugins/referrals/admin/widgets/CostByMonthWidget#CostByMonthWidget": CostByMonthWidget_fb27fdec29cbcf166a4030f0955ef6c3,
  "/plugins/referrals/admin/widgets/TopReferrersWidget#TopReferrersWidget": TopReferrersWidget_93c880a357c26e2ea3c2bfe079553a20,
  "@payloadcms/next/rsc#CollectionCards": CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1
}
