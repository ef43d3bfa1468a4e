import type { DocumentViewServerProps } from 'payload'

import { TabStepNav } from '../../../src/admin/layout/TabStepNav.tsx'
import { AuditLog } from './AuditLog.tsx'

/** The tab "Audit" of a document or a global. */
export const AuditTab = (props: DocumentViewServerProps) => (
  <>
    {props.initPageResult.collectionConfig && <TabStepNav tab="Audit" />}
    <AuditLog {...props} />
  </>
)
