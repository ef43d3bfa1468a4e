import type { IncomingHttpHeaders } from 'node:http'

import { isbot } from 'isbot'

/** A browser that fetches a page before its user opens it. */
export const isPrefetch = (headers: IncomingHttpHeaders): boolean =>
  ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) =>
    /\b(prefetch|prerender|preview)\b/i.test(String(headers[name] ?? '')),
  )

/** A robot by its user agent, or a HEAD request, which only checks an address. */
export const isRobot = (method: string, headers: IncomingHttpHeaders): boolean =>
  method === 'HEAD' || isbot(headers['user-agent'])
