import type { JSONField } from 'payload'

import { noOne, staffField } from '../../collections/access.ts'

/**
 * In the answer to a change: the part of it that waits, with its id, what changes and when it takes
 * effect. On the screen: what waits for the document. It stores nothing.
 */
export const pendingChangeField: JSONField = {
  name: 'pendingChange',
  type: 'json',
  virtual: true,
  access: { create: noOne, update: noOne, read: staffField },
  admin: {
    disableListColumn: true,
    disableListFilter: true,
    disableBulkEdit: true,
    components: { Field: '/plugins/changes/admin/WaitingChanges#WaitingChanges' },
  },
}
