import type { DocumentViewServerProps } from 'payload'

import { TabPage } from '../../../../src/admin/layout/TabPage.tsx'
import { TabStepNav } from '../../../../src/admin/layout/TabStepNav.tsx'
import type { WalletTransaction } from '../../../../src/payload-types.ts'
import { ExplainTransfer } from './ExplainTransfer.tsx'

/** The tab "Explain" of a transfer. */
export const ExplainTransferTab = ({ doc, initPageResult }: DocumentViewServerProps) => (
  <TabPage>
    <TabStepNav tab="Explain" />
    <ExplainTransfer req={initPageResult.req} transfer={doc as WalletTransaction} />
  </TabPage>
)
