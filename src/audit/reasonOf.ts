import type { PayloadRequest } from 'payload'

/**
 * Why, in the words of who did it: the row's own `reason`, the header `X-Audit-Reason`, or
 * `reason` in the request's body. Null when nobody said.
 */
export const reasonOf = (
  req: Partial<Pick<PayloadRequest, 'data' | 'headers'>>,
  data?: unknown,
): string | null => {
  const own = (data as { reason?: unknown } | null | undefined)?.reason
  const said: unknown[] = [own, req.headers?.get('x-audit-reason'), req.data?.reason]
  return said.map(textOf).find((text) => text !== '') ?? null
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
