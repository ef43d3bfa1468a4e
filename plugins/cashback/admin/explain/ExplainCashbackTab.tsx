import type { DocumentViewServerProps } from 'payload'

import { TabPage } from '../../../../src/admin/layout/TabPage.tsx'
import { TabStepNav } from '../../../../src/admin/layout/TabStepNav.tsx'
import type { CashbackEvent } from '../../../../src/payload-types.ts'
import { ExplainCashback } from './ExplainCashback.tsx'

/** The tab "Explain" of a cashback event. */
export const ExplainCashbackTab = ({ doc, initPageResult }: DocumentViewServerProps) => (
  <TabPage>
    <TabStepNav tab="Explain" />
    <ExplainCashback eventId={(doc as CashbackEvent).id} req={initPageResult.req} />
  </TabPage>
)
