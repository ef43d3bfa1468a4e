import type { UIField } from 'payload'

import { roleOf } from '../../../../collections/access.ts'

/** The only way to change `referredBy`, below it on a member's page. For admins only; stores nothing. */
export const changeReferrerField: UIField = {
  name: 'changeReferrer',
  type: 'ui',
  admin: {
    position: 'sidebar',
    disableListColumn: true,
    condition: (_data, _siblings, { operation, user }) =>
      operation === 'update' && roleOf({ user }) === 'admin',
    components: { Field: '/plugins/referrals/admin/referrer/ChangeReferrer#ChangeReferrer' },
  },
}
