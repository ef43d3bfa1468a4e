import type { CollectionConfig } from 'payload'

import { forbidDeletingMembersWithMoney } from '../../hooks/members/forbidDeletingMembersWithMoney.ts'
import { lockDocument } from '../../hooks/system/lockDocument.ts'
import { markOperation } from '../../hooks/members/markOperation.ts'
import { setNameFromEmail } from '../../hooks/members/setNameFromEmail.ts'
import { recordMemberContacts } from '../../hooks/members/recordMemberContacts.ts'
import { normalisePhone } from '../../hooks/members/normalisePhone.ts'
import { requireStrongPassword } from '../../hooks/members/requireStrongPassword.ts'
import { requireTexts } from '../../hooks/members/requireTexts.ts'
import { unconfirmEmail } from '../../hooks/members/unconfirmEmail.ts'
import { unconfirmPhone } from '../../hooks/members/unconfirmPhone.ts'
import { dropSelect } from '../../hooks/system/dropSelect.ts'
import {
  adminField,
  adminOnly,
  anyone,
  derived,
  isStaff,
  noOne,
  roleOf,
  selfOrStaffField,
  staffOrOwn,
} from '../access.ts'
import { closeFirstRegistration } from './closeFirstRegistration.ts'
import { statusField } from '../fields.ts'

const own = (memberId: string) => ({ id: { equals: memberId } })

/**
 * People: members and staff. Anyone may register and becomes a member. Only an admin gives another
 * role, and the first admin is created on the command line. Balances are not stored here: Payload
 * writes whole rows back and would erase a credit posted meanwhile.
 */
export const Users: CollectionConfig = {
  slug: 'users',
  admin: {
    group: 'People',
    useAsTitle: 'name',
    defaultColumns: ['name', 'email', 'role', 'inviteCode', 'affiliateActive', 'createdAt'],
    listSearchableFields: ['name', 'email', 'phone', 'inviteCode'],
  },
  auth: {
    // Locks count by account and address (plugins/requestSafety/lockSignIns.ts). Payload's own would
    // let a stranger lock a member out; a limit of 0 would remove the staff's button to unlock.
    maxLoginAttempts: 1_000_000,
    tokenExpiration: 2 * 60 * 60,
    cookies: { sameSite: 'Lax' },
    // Payload's interval needs a second connection while it holds the first: as many requests at
    // once as the pool has connections would deadlock. Our rate limits space the requests instead.
    forgotPassword: { minRequestInterval: 0 },
  },
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  defaultPopulate: { name: true, email: true },
  access: {
    admin: ({ req }) => isStaff(req),
    create: anyone,
    read: staffOrOwn(own, 'members:read'),
    update: ({ req }) =>
      roleOf(req) === 'admin' || (req.user?.collection === 'users' && own(req.user.id)),
    delete: adminOnly,
    unlock: adminOnly,
  },
  fields: [
    {
      name: 'name',
      type: 'text',
      maxLength: 120,
      hooks: { beforeValidate: [setNameFromEmail] },
    },
    {
      name: 'emailVerifiedAt',
      type: 'date',
      access: { ...derived, read: selfOrStaffField },
      admin: { readOnly: true, description: 'When its owner confirmed the e-mail address.' },
    },
    {
      name: 'phone',
      type: 'text',
      index: true,
      access: { read: selfOrStaffField },
      admin: { description: 'Kept in international form, such as +919876543210.' },
    },
    {
      name: 'phoneVerifiedAt',
      type: 'date',
      access: { ...derived, read: selfOrStaffField },
      admin: { readOnly: true, description: 'When its owner confirmed the number by a code.' },
    },
    statusField({
      name: 'role',
      defaultValue: 'member',
      saveToJWT: true,
      options: ['admin', 'finance', 'support', 'member'],
      access: { create: adminField, update: adminField },
      admin: { position: 'sidebar' },
    }),
    {
      name: 'currentPassword',
      type: 'text',
      virtual: true,
      access: { create: noOne, read: noOne },
      admin: {
        condition: (_data, _siblings, { user }) => user?.id === _data.id,
        components: { Field: '/plugins/members/admin/CurrentPassword#CurrentPassword' },
        disableListColumn: true,
        disableListFilter: true,
      },
    },
    {
      name: 'locale',
      type: 'text',
      defaultValue: 'en-IN',
      admin: { position: 'sidebar', description: 'Language of messages, such as en-IN or hi-IN.' },
    },
    {
      name: 'timeZone',
      type: 'text',
      defaultValue: 'Asia/Kolkata',
      admin: { position: 'sidebar' },
    },
  ],
  endpoints: [closeFirstRegistration],
  hooks: {
    beforeOperation: [markOperation, dropSelect, requireTexts, requireStrongPassword, lockDocument],
    beforeValidate: [normalisePhone],
    beforeChange: [unconfirmPhone, unconfirmEmail],
    afterChange: [recordMemberContacts],
    beforeDelete: [forbidDeletingMembersWithMoney],
  },
}
