import type { PayloadRequest } from 'payload'
import { z } from 'zod'

import { isStaff } from '../../collections/access.ts'
import { isCurrency } from '../../src/domain/currency.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { resolveTimeZone } from '../../src/domain/zonedDay.ts'
import type { OwnWallet } from '../../src/ledger/statements/walletRange.ts'
import { notFound } from '../http/notFound.ts'
import { requireMember } from '../http/requireRole.ts'

/** The query parameters that name a wallet; `member` is for staff. */
export const WalletQuery = z.object({
  currency: z
    .string()
    .refine(isCurrency, 'Give an ISO 4217 currency code, such as INR.')
    .default('INR'),
  kind: z.enum(['available', 'held']).default('available'),
  member: z.guid('Give the id of a member.').optional(),
})

/**
 * Returns the requested wallet and its owner's time zone: the sender's own wallet, or for staff the
 * wallet of any member.
 *
 * @throws DomainError `auth.required`, `auth.forbidden`, `request.not-found`
 */
export const requireWallet = async (
  req: PayloadRequest,
  { currency, kind, member }: z.output<typeof WalletQuery>,
): Promise<{ wallet: OwnWallet; timeZone: string }> => {
  const own = requireMember(req)
  if (member !== undefined && !isStaff(req)) {
    throw new DomainError('auth.forbidden', 'You can read your own wallet only.', {
      field: 'member',
    })
  }
  const owner = member ?? own
  const { docs } = await req.payload.find({
    collection: 'users',
    where: { id: { equals: owner } },
    select: { timeZone: true },
    depth: 0,
    limit: 1,
    pagination: false,
    overrideAccess: false,
    user: req.user,
    req,
  })
  if (!docs[0]) throw notFound()
  return { wallet: { owner, kind, currency }, timeZone: resolveTimeZone(docs[0].timeZone) }
}
