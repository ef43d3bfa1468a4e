import type { PayloadRequest } from 'payload'

type Attempt = { operation: 'login' | 'resetPassword'; subject: string; email: string }

const attemptsOf = (req: PayloadRequest): Attempt[] =>
  (req.context.signInAttempts ??= []) as Attempt[]

/**
 * Remembers who is about to sign in: an error does not say. A request may make several attempts
 * over GraphQL; they run one after another. What Payload refuses for being incomplete is none.
 */
export const beginAttempt = (
  req: PayloadRequest,
  { data, operation, subject }: Pick<Attempt, 'operation' | 'subject'> & { data: unknown },
): void => {
  const { email, password } = (data || {}) as { email?: unknown; password?: unknown }
  if (operation === 'login' && !(isGiven(email) && isGiven(password))) return
  attemptsOf(req).push({ operation, subject, email: isGiven(email) ? email : '' })
}

/** The attempt under way has succeeded; answers what it was. */
export const endAttempt = (req: PayloadRequest): Attempt['operation'] | undefined =>
  attemptsOf(req).pop()?.operation

/** The earliest sign-in that did not succeed; errors come in the order of the attempts. */
export const takeFailedAttempt = (req: PayloadRequest): Attempt | undefined => {
  const attempts = attemptsOf(req)
  const first = attempts.findIndex(({ operation }) => operation === 'login')
  return first < 0 ? undefined : attempts.splice(first, 1)[0]
}

const isGiven = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== ''
