import type { CollectionConfig } from 'payload'

import { forbidDeletingMembersWithMoney } from '../hooks/forbidDeletingMembersWithMoney.ts'
import { lockDocument } from '../hooks/lockDocument.ts'
import { markOperation } from '../hooks/markOperation.ts'
import { nameFromEmail } from '../hooks/nameFromEmail.ts'
import { normalisePhone } from '../hooks/normalisePhone.ts'
import { requireStrongPassword } from '../hooks/requireStrongPassword.ts'
import { requireTexts } from '../hooks/requireTexts.ts'
import { unconfirmPhone } from '../hooks/unconfirmPhone.ts'
import { wholeDocument } from '../hooks/wholeDocument.ts'
import {
  adminField,
  adminOnly,
  anyone,
  derived,
  isStaff,
  roleOf,
  selfOrStaffField,
  staffOrOwn,
} from './access.ts'
import { closeFirstRegistration } from './closeFirstRegistration.ts'
import { statusField } from './fields.ts'

const own = (memberId: string) => ({ id: { equals: memberId } })

/**
 * People: members, and the staff that serves them. Anyone may register and becomes a member; only
 * an admin gives another role, and the first admin comes from the command line. Balances are never
 * stored here: Payload writes whole rows back and would erase a credit posted meanwhile.
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
    maxLoginAttempts: 5,
    lockTime: 10 * 60 * 1000,
    tokenExpiration: 2 * 60 * 60,
    cookies: { sameSite: 'Lax' },
    // Payload would space them out by an update on a second connection while it holds the first:
    // as many at once as the pool is large would stop everything. Our rate limits do it instead.
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
      hooks: { beforeValidate: [nameFromEmail] },
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
    beforeOperation: [
      markOperation,
      wholeDocument,
      requireTexts,
      requireStrongPassword,
      lockDocument,
    ],
    beforeValidate: [normalisePhone],
    beforeChange: [unconfirmPhone],
    beforeDelete: [forbidDeletingMembersWithMoney],
  },
}
