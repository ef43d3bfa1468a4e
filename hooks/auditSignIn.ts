import type { CollectionConfig, PayloadRequest } from 'payload'

import { actorOf } from '../src/audit/actorOf.ts'
import { findAccount } from '../src/audit/findAccount.ts'
import { recordAudit } from '../src/audit/recordAudit.ts'
import { beginAttempt, endAttempt } from '../src/audit/signInAttempts.ts'

type Account = { id: string; email?: string | null; role?: string | null }

/**
 * Records every sign-in, sign-out and password reset, by staff and by members, with the session
 * it makes or ends. Those that fail are recorded by `auditFailedSignIn`.
 */
export const auditSignIn = {
  beforeOperation: [
    ({ args, collection, operation, req }) => {
      if (operation !== 'login' && operation !== 'resetPassword') return
      beginAttempt(req, { operation, subject: collection.slug, data: 'data' in args && args.data })
    },
  ],
  afterLogin: [
    async ({ collection, req, user }) => {
      const action = endAttempt(req) === 'resetPassword' ? 'password-reset' : 'login'
      await record(req, action, collection.slug, user as Account)
    },
  ],
  afterLogout: [
    async ({ collection, req }) => {
      if (req.user)
        await record(req, 'logout', collection.slug, { ...actorOf(req), id: req.user.id })
    },
  ],
  afterForgotPassword: [
    async ({ args, collection }) => {
      const { data, req } = args as { data: { email?: unknown }; req: PayloadRequest }
      const account = await findAccount(collection.slug, data.email, req)
      const subject = { subject: collection.slug, subjectId: account?.id ?? null }
      await recordAudit({ req, action: 'password-reset-requested', ...subject })
    },
  ],
} satisfies CollectionConfig['hooks']

const record = (req: PayloadRequest, action: string, subject: string, account: Account) => {
  const { email = null, id, role = null } = account
  return recordAudit({ req, action, actor: { id, email, role }, subject, subjectId: id })
}
