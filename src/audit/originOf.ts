import type { PayloadRequest } from 'payload'

export type Origin = { ip: string | null; userAgent: string | null; requestId: string | null }

/**
 * Where a request came from. The address is the one our own edge found; without an edge in front,
 * the one the proxy names, and none for what did not come over HTTP.
 */
export const originOf = (req: Partial<Pick<PayloadRequest, 'headers'>>): Origin => {
  const header = (name: string): string | null => req.headers?.get(name) ?? null
  return {
    ip: header('x-tributary-client-ip') ?? firstOf(header('x-forwarded-for')),
    userAgent: header('user-agent'),
    requestId: header('x-request-id'),
  }
}

const firstOf = (list: string | null): string | null => list?.split(',')[0]?.trim() ?? null
