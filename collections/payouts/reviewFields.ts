import type { Field } from 'payload'

import { derived, staffField } from '../access.ts'
import { personField } from './shared.ts'

const access = { ...derived, read: staffField }

/**
 * On `users`: a member under review does not withdraw. A review has a reason, an owner and a next
 * date, so that it is never forgotten.
 */
export const reviewFields: Field[] = [
  {
    type: 'collapsible',
    label: 'Review of withdrawals',
    admin: {
      initCollapsed: true,
      condition: (data) => Boolean(data.reviewReason),
    },
    fields: [
      { name: 'reviewReason', type: 'text', access, admin: { readOnly: true } },
      { name: 'reviewUntil', label: 'Next date', type: 'date', access, admin: { readOnly: true } },
      personField('reviewOwner', { access }),
    ],
  },
]
