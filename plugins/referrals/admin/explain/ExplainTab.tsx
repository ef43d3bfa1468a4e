import type { DocumentViewServerProps } from 'payload'

import { TabPage } from '../../../../src/admin/layout/TabPage.tsx'
import { TabStepNav } from '../../../../src/admin/layout/TabStepNav.tsx'
import type { Payment } from '../../../../src/payload-types.ts'
import { ExplainPayment } from './ExplainPayment.tsx'

/** The tab "Explain" of a payment. */
export const ExplainTab = ({ doc, initPageResult }: DocumentViewServerProps) => (
  <TabPage>
    <TabStepNav tab="Explain" />
    <ExplainPayment paymentId={(doc as Payment).id} req={initPageResult.req} />
  </TabPage>
)
