import type { DocumentViewServerProps } from 'payload'

import { TabPage } from '../../../src/admin/layout/TabPage.tsx'
import { TabStepNav } from '../../../src/admin/layout/TabStepNav.tsx'
import type { User } from '../../../src/payload-types.ts'
import { MemberStatement } from './MemberStatement.tsx'

/** The tab "Statement" of a member. */
export const StatementTab = ({ doc, initPageResult }: DocumentViewServerProps) => (
  <TabPage>
    <TabStepNav tab="Statement" />
    <MemberStatement memberId={(doc as User).id} req={initPageResult.req} />
  </TabPage>
)
