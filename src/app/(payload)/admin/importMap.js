import { WaitingChanges as WaitingChanges_aeec36cb144bd46540ec7460e94e4111 } from '../../../../plugins/changes/admin/WaitingChanges'
import { StatusCell as StatusCell_deff4eea34da891c0b3575f47555a04c } from '../../../../src/admin/status/StatusCell'
import { CurrentPassword as CurrentPassword_7e2ea5fe04d599cc5f9dc5ddc5d39759 } from '../../../../plugins/members/admin/CurrentPassword'
import { ChangeReferrer as ChangeReferrer_24e80c1568e0f35e4191faf5c544af86 } from '../../../../plugins/referrals/admin/referrer/ChangeReferrer'
import { StatementTab as StatementTab_6a727090a9e29c7559a92beb6b97f084 } from '../../../../plugins/wallets/admin/StatementTab'
import { AuditTab as AuditTab_d87308ed02c34de3758121e763af0f7a } from '../../../../plugins/audit/admin/AuditTab'
import { MoneyCell as MoneyCell_429a0e875ae7540b4e88e71860cd20e3 } from '../../../../src/admin/money/MoneyCell'
import { MoneyInput as MoneyInput_954d812cf949413da6b15c6180cdec76 } from '../../../../src/admin/money/MoneyInput'
import { ExplainTab as ExplainTab_f4ca1691a3e9f80b33a67d619ab8ea70 } from '../../../../plugins/referrals/admin/explain/ExplainTab.tsx'
import { WalletCell as WalletCell_fbfa77aad7cf7e5fcd6eba7beab44711 } from '../../../../src/admin/money/WalletCell'
import { ExplainTransferTab as ExplainTransferTab_1278178ddf66cbb83e2e62dba67c1791 } from '../../../../plugins/referrals/admin/explain/ExplainTransferTab.tsx'
import { DecisionControls as DecisionControls_7bd5bad95bc33350a4af0a99c7ea7fc6 } from '../../../../plugins/wallets/admin/adjustments/DecisionControls'
import { PercentCell as PercentCell_e6bd1af100c33880596a7ae967820ef3 } from '../../../../src/admin/money/PercentCell'
import { PercentInput as PercentInput_6330054508e041f4dfcc515031881f7f } from '../../../../src/admin/money/PercentInput'
import { SettingsHelp as SettingsHelp_0fd26a8442de374a57daf97e3658b725 } from '../../../../plugins/cashback/admin/networks/SettingsHelp'
import { ResolveControls as ResolveControls_adb55b8964f59523d19858ec48e0e817 } from '../../../../plugins/cashback/admin/quarantine/ResolveControls'
import { FileImportControls as FileImportControls_8236312d1e93a51ec51ac64430edc296 } from '../../../../plugins/cashback/admin/held/FileImportControls'
import { ExplainCashbackTab as ExplainCashbackTab_c33a9aad31263b0e58b189725660e83b } from '../../../../plugins/cashback/admin/explain/ExplainCashbackTab.tsx'
import { ClaimPanel as ClaimPanel_aa371a08541289da0ecea3aec7408178 } from '../../../../plugins/cashback/admin/claims/ClaimPanel'
import { CurrencyRowLabel as CurrencyRowLabel_a6c463ea9123a27a8e5d8a5465679e2d } from '../../../../src/admin/money/CurrencyRowLabel'
import { ExampleEarnings as ExampleEarnings_9171ba93410637ffa058f084a9ca4818 } from '../../../../plugins/referrals/admin/cost/ExampleEarnings'
import { CostPanel as CostPanel_dd84a842a67b14cc2eb6107f29606cc0 } from '../../../../plugins/referrals/admin/cost/CostPanel'
import { Icon as Icon_452f04fcd2ed8162ca5fbc6c89f204f1 } from '../../../../src/admin/brand/Icon'
import { Logo as Logo_b231ac8248d52be15270b4d2370a5c12 } from '../../../../src/admin/brand/Logo'
import { AdminViewsNav as AdminViewsNav_62508f3665758e75d53ab8efd05d0a4a } from '../../../../plugins/adminViews/AdminViewsNav'
import { NoAdminYet as NoAdminYet_e03b7f8e8b0f671684aa9f172271e121 } from '../../../../src/admin/brand/NoAdminYet'
import { MessagesView as MessagesView_fd28114650a4be093fe5634539b2d68c } from '../../../../plugins/messaging/admin/MessagesView'
import { ConfirmEmail as ConfirmEmail_17a455ab19b656770015a5f05497dfd7 } from '../../../../plugins/members/admin/ConfirmEmail'
import { NetworksView as NetworksView_f982ee606f95f541f549402b7bb93bc6 } from '../../../../plugins/cashback/admin/networks/NetworksView'
import { ReconciliationView as ReconciliationView_87df9609217205bb47b7d33d04799167 } from '../../../../plugins/cashback/admin/reconciliation/ReconciliationView'
import { WithdrawalsView as WithdrawalsView_ad16e8b836232fe640b46154b27dd884 } from '../../../../plugins/payouts/admin/WithdrawalsView'
import { QueuesView as QueuesView_1251705aa2840d0edba9c929d8843da2 } from '../../../../plugins/operations/admin/QueuesView'
import { ChangesView as ChangesView_3e1a5977ee1fc20d73799ed4fbf03fc4 } from '../../../../plugins/changes/admin/ChangesView'
import { NetCommissionWidget as NetCommissionWidget_f96f0cb22c33f646f61fac636a9fa31d } from '../../../../plugins/referrals/admin/widgets/NetCommissionWidget'
import { HeldWidget as HeldWidget_be6fb15bac4b56aebf068b36f38178a5 } from '../../../../plugins/referrals/admin/widgets/HeldWidget'
import { OwedWidget as OwedWidget_f2f69110ede09253692bf770b7c058cf } from '../../../../plugins/referrals/admin/widgets/OwedWidget'
import { ReferredWidget as ReferredWidget_7b2e7963653d2202635f5269606f8608 } from '../../../../plugins/referrals/admin/widgets/ReferredWidget'
import { CostByMonthWidget as CostByMonthWidget_fb27fdec29cbcf166a4030f0955ef6c3 } from '../../../../plugins/referrals/admin/widgets/CostByMonthWidget'
import { TopReferrersWidget as TopReferrersWidget_93c880a357c26e2ea3c2bfe079553a20 } from '../../../../plugins/referrals/admin/widgets/TopReferrersWidget'
import { CollectionCards as CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1 } from '@payloadcms/next/rsc'

/** @type import('payload').ImportMap */
export const importMap = {
  "/plugins/changes/admin/WaitingChanges#WaitingChanges": WaitingChanges_aeec36cb144bd46540ec7460e94e4111,
  "/src/admin/status/StatusCell#StatusCell": StatusCell_deff4eea34da891c0b3575f47555a04c,
  "/plugins/members/admin/CurrentPassword#CurrentPassword": CurrentPassword_7e2ea5fe04d599cc5f9dc5ddc5d39759,
  "/plugins/referrals/admin/referrer/ChangeReferrer#ChangeReferrer": ChangeReferrer_24e80c1568e0f35e4191faf5c544af86,
  "/plugins/wallets/admin/StatementTab#StatementTab": StatementTab_6a727090a9e29c7559a92beb6b97f084,
  "/plugins/audit/admin/AuditTab#AuditTab": AuditTab_d87308ed02c34de3758121e763af0f7a,
  "/src/admin/money/MoneyCell#MoneyCell": MoneyCell_429a0e875ae7540b4e88e71860cd20e3,
  "/src/admin/money/MoneyInput#MoneyInput": MoneyInput_954d812cf949413da6b15c6180cdec76,
  "/plugins/referrals/admin/explain/ExplainTab.tsx#ExplainTab": ExplainTab_f4ca1691a3e9f80b33a67d619ab8ea70,
  "/src/admin/money/WalletCell#WalletCell": WalletCell_fbfa77aad7cf7e5fcd6eba7beab44711,
  "/plugins/referrals/admin/explain/ExplainTransferTab.tsx#ExplainTransferTab": ExplainTransferTab_1278178ddf66cbb83e2e62dba67c1791,
  "/plugins/wallets/admin/adjustments/DecisionControls#DecisionControls": DecisionControls_7bd5bad95bc33350a4af0a99c7ea7fc6,
  "/src/admin/money/PercentCell#PercentCell": PercentCell_e6bd1af100c33880596a7ae967820ef3,
  "/src/admin/money/PercentInput#PercentInput": PercentInput_6330054508e041f4dfcc515031881f7f,
  "/plugins/cashback/admin/networks/SettingsHelp#SettingsHelp": SettingsHelp_0fd26a8442de374a57daf97e3658b725,
  "/plugins/cashback/admin/quarantine/ResolveControls#ResolveControls": ResolveControls_adb55b8964f59523d19858ec48e0e817,
  "/plugins/cashback/admin/held/FileImportControls#FileImportControls": FileImportControls_8236312d1e93a51ec51ac64430edc296,
  "/plugins/cashback/admin/explain/ExplainCashbackTab.tsx#ExplainCashbackTab": ExplainCashbackTab_c33a9aad31263b0e58b189725660e83b,
  "/plugins/cashback/admin/claims/ClaimPanel#ClaimPanel": ClaimPanel_aa371a08541289da0ecea3aec7408178,
  "/src/admin/money/CurrencyRowLabel#CurrencyRowLabel": CurrencyRowLabel_a6c463ea9123a27a8e5d8a5465679e2d,
  "/plugins/referrals/admin/cost/ExampleEarnings#ExampleEarnings": ExampleEarnings_9171ba93410637ffa058f084a9ca4818,
  "/plugins/referrals/admin/cost/CostPanel#CostPanel": CostPanel_dd84a842a67b14cc2eb6107f29606cc0,
  "/src/admin/brand/Icon#Icon": Icon_452f04fcd2ed8162ca5fbc6c89f204f1,
  "/src/admin/brand/Logo#Logo": Logo_b231ac8248d52be15270b4d2370a5c12,
  "/plugins/adminViews/AdminViewsNav#AdminViewsNav": AdminViewsNav_62508f3665758e75d53ab8efd05d0a4a,
  "/src/admin/brand/NoAdminYet#NoAdminYet": NoAdminYet_e03b7f8e8b0f671684aa9f172271e121,
  "/plugins/messaging/admin/MessagesView#MessagesView": MessagesView_fd28114650a4be093fe5634539b2d68c,
  "/plugins/members/admin/ConfirmEmail#ConfirmEmail": ConfirmEmail_17a455ab19b656770015a5f05497dfd7,
  "/plugins/cashback/admin/networks/NetworksView#NetworksView": NetworksView_f982ee606f95f541f549402b7bb93bc6,
  "/plugins/cashback/admin/reconciliation/ReconciliationView#ReconciliationView": ReconciliationView_87df9609217205bb47b7d33d04799167,
  "/plugins/payouts/admin/WithdrawalsView#WithdrawalsView": WithdrawalsView_ad16e8b836232fe640b46154b27dd884,
  "/plugins/operations/admin/QueuesView#QueuesView": QueuesView_1251705aa2840d0edba9c929d8843da2,
  "/plugins/changes/admin/ChangesView#ChangesView": ChangesView_3e1a5977ee1fc20d73799ed4fbf03fc4,
  "/plugins/referrals/admin/widgets/NetCommissionWidget#NetCommissionWidget": NetCommissionWidget_f96f0cb22c33f646f61fac636a9fa31d,
  "/plugins/referrals/admin/widgets/HeldWidget#HeldWidget": HeldWidget_be6fb15bac4b56aebf068b36f38178a5,
  "/plugins/referrals/admin/widgets/OwedWidget#OwedWidget": OwedWidget_f2f69110ede09253692bf770b7c058cf,
  "/plugins/referrals/admin/widgets/ReferredWidget#ReferredWidget": ReferredWidget_7b2e7963653d2202635f5269606f8608,
  "/plugins/referrals/admin/widgets/CostByMonthWidget#CostByMonthWidget": CostByMonthWidget_fb27fdec29cbcf166a4030f0955ef6c3,
  "/plugins/referrals/admin/widgets/TopReferrersWidget#TopReferrersWidget": TopReferrersWidget_93c880a357c26e2ea3c2bfe079553a20,
  "@payloadcms/next/rsc#CollectionCards": CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1
}
