import type { Access, FieldAccess, PayloadRequest, Where } from 'payload'

export type Role = 'admin' | 'finance' | 'support' | 'member'
export type Scope = 'payments:write' | 'refunds:write' | 'members:read' | 'catalogue:read'

/** Returns the signed-in person's role; null for anonymous requests and for machines. */
export const roleOf = (req: Pick<PayloadRequest, 'user'>): Role | null =>
  req.user?.collection === 'users' ? req.user.role : null

/** True when the request carries an API key with the scope. */
export const hasScope = (req: Pick<PayloadRequest, 'user'>, scope: Scope): boolean =>
  req.user?.collection === 'service-accounts' && (req.user.scopes?.includes(scope) ?? false)

export const isStaff = (req: Pick<PayloadRequest, 'user'>): boolean =>
  ['admin', 'finance', 'support'].includes(roleOf(req) ?? '')

const isAdmin = (req: Pick<PayloadRequest, 'user'>): boolean => roleOf(req) === 'admin'

/** For operations that only hooks, jobs and SQL may do. */
export const noOne = (): boolean => false
export const anyone = (): boolean => true
export const adminOnly: Access = ({ req }) => isAdmin(req)
/** True for people who may move money by hand. */
export const isFinance = (req: Pick<PayloadRequest, 'user'>): boolean =>
  ['admin', 'finance'].includes(roleOf(req) ?? '')

export const financeOnly: Access = ({ req }) => isFinance(req)
export const staffOnly: Access = ({ req }) => isStaff(req)

/**
 * True for machines with the scope, and for no person: it is for records that move money, such as
 * payments. An admin who could post them would pay commissions alone.
 */
export const machineOnly =
  (scope: Scope): Access =>
  ({ req }) =>
    hasScope(req, scope)

/** Staff and machines with the scope see all rows; a member sees the rows that `own` selects. */
export const staffOrOwn =
  (own: (memberId: string, req: PayloadRequest) => Promise<Where> | Where, scope?: Scope): Access =>
  ({ req }) => {
    if (isStaff(req) || (scope && hasScope(req, scope))) return true
    return req.user?.collection === 'users' ? own(req.user.id, req) : false
  }

export const adminField: FieldAccess = ({ req }) => isAdmin(req)
export const staffField: FieldAccess = ({ req }) => isStaff(req)
/** For columns that only hooks and SQL write. */
export const derived = { create: noOne, update: noOne }
/** On `users`: allows the person of the row, and staff. */
export const selfOrStaffField: FieldAccess = ({ id, req }) =>
  isStaff(req) || (req.user?.collection === 'users' && req.user.id === id)
