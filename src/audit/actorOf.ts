import type { PayloadRequest } from 'payload'

/** Who did something, as the log keeps it; the person's row may change or go later. */
export type Actor = { id: string | null; email: string | null; role: string | null }

const STAFF = ['admin', 'finance', 'support']

/** True for a role that works for the operator. */
export const isStaffRole = (role: unknown): boolean =>
  typeof role === 'string' && STAFF.includes(role)

/** True when the request is made by a person of the staff; machines and members are not. */
export const isByStaff = (req: Pick<PayloadRequest, 'user'>): boolean =>
  req.user?.collection === 'users' && isStaffRole(req.user.role)

/** The signed-in person or machine; nobody for jobs and anonymous requests. */
export const actorOf = ({ user }: Pick<PayloadRequest, 'user'>): Actor => {
  if (!user) return { id: null, email: null, role: null }
  return user.collection === 'users'
    ? { id: user.id, email: user.email, role: user.role }
    : { id: null, email: user.name, role: user.collection }
}
