import type { Field } from 'payload'

import { adminField, derived, noOne, selfOrStaffField } from '../access.ts'

/** The fields that the referral programme adds to `users`. */
export const referralFields: Field[] = [
  {
    name: 'inviteCode',
    type: 'text',
    unique: true,
    index: true,
    access: { ...derived, read: selfOrStaffField },
    admin: { readOnly: true, position: 'sidebar' },
  },
  {
    name: 'affiliateActive',
    label: 'Takes part',
    type: 'checkbox',
    defaultValue: false,
    access: { create: adminField },
    admin: {
      position: 'sidebar',
      description: 'The member’s own switch. Off until switched on.',
      components: { Cell: '/src/admin/status/StatusCell#StatusCell' },
    },
  },
  {
    name: 'referredBy',
    type: 'relationship',
    relationTo: 'users',
    index: true,
    maxDepth: 1,
    access: { create: adminField, update: noOne, read: selfOrStaffField },
    admin: { position: 'sidebar' },
  },
  {
    name: 'referredAt',
    type: 'date',
    access: { ...derived, read: selfOrStaffField },
    admin: { readOnly: true, position: 'sidebar' },
  },
  {
    name: 'referralCode',
    type: 'text',
    virtual: true,
    access: { read: noOne, update: noOne },
    admin: { hidden: true, disableListColumn: true, disableListFilter: true },
  },
]
