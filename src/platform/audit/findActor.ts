import type { PayloadRequest } from 'payload'

/** The actor as the log stores it. The person's row may change or be deleted later. */
export type Actor = { id: string | null; email: string | null; role: string | null }

const STAFF = ['admin', 'finance', 'support']

/** True for a role of staff. */
export const isStaffRole = (role: unknown): boolean =>
  typeof role === 'string' && STAFF.includes(role)

/** True for a request of staff; false for members and machines. */
export const isByStaff = (req: Pick<PayloadRequest, 'user'>): boolean =>
  req.user?.collection === 'users' && isStaffRole(req.user.role)

/** True for a request of staff or of a machine: what these write is in the log. */
export const isByStaffOrMachine = (req: Pick<PayloadRequest, 'user'>): boolean =>
  isByStaff(req) || req.user?.collection === 'service-accounts'

/** Returns the signed-in person or machine; all null for jobs and anonymous requests. */
export const findActor = ({ user }: Pick<PayloadRequest, 'user'>): Actor => {
  if (!user) return { id: null, email: null, role: null }
  return user.collection === 'users'
    ? { id: user.id, email: user.email, role: user.role }
    : { id: null, email: user.name, role: user.collection }
}
