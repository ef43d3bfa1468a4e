import type { PayloadRequest } from 'payload'
import { z } from 'zod'

import { isStaff } from '../../collections/access.ts'
import { isCurrency } from '../../src/domain/currency.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { knownTimeZone } from '../../src/domain/zonedDay.ts'
import type { OwnWallet } from '../../src/ledger/statementRange.ts'
import { notFound } from '../notFound.ts'
import { requireMember } from '../requireMember.ts'

/** How a query names a wallet; `member` is for staff. */
export const WalletQuery = z.object({
  currency: z
    .string()
    .refine(isCurrency, 'Give an ISO 4217 currency code, such as INR.')
    .default('INR'),
  kind: z.enum(['available', 'held']).default('available'),
  member: z.guid('Give the id of a member.').optional(),
})

/**
 * The query of a request. What is given empty is not given.
 *
 * @throws DomainError `request.malformed-value` (details name the field)
 */
export const queryOf = <Query>(req: PayloadRequest, schema: z.ZodType<Query>): Query => {
  const given = [...req.searchParams].filter(([, value]) => value !== '')
  const { data, error } = schema.safeParse(Object.fromEntries(given))
  if (!error) return data
  const [issue] = error.issues
  throw new DomainError('request.malformed-value', issue?.message ?? 'A value is malformed.', {
    field: String(issue?.path[0] ?? ''),
  })
}

/**
 * The wallet a request asks for, and where its owner's days begin: one's own, or for staff that of
 * any member.
 *
 * @throws DomainError `auth.required`, `auth.forbidden`, `request.not-found`
 */
export const walletAsked = async (
  req: PayloadRequest,
  { currency, kind, member }: z.output<typeof WalletQuery>,
): Promise<{ wallet: OwnWallet; timeZone: string }> => {
  const own = requireMember(req)
  if (member !== undefined && !isStaff(req)) {
    throw new DomainError('auth.forbidden', 'You can ask for your own wallet.', { field: 'member' })
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
  return { wallet: { owner, kind, currency }, timeZone: knownTimeZone(docs[0].timeZone) }
}
