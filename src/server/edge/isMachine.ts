import type { IncomingHttpHeaders } from 'node:http'

import { isbot } from 'isbot'

/** A browser that fetches what its user may open next. */
export const isPrefetch = (headers: IncomingHttpHeaders): boolean =>
  ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) =>
    /\b(prefetch|prerender|preview)\b/i.test(String(headers[name] ?? '')),
  )

/** Nobody sits behind it: a robot by its own word, or a look at where an address leads. */
export const isRobot = (method: string, headers: IncomingHttpHeaders): boolean =>
  method === 'HEAD' || isbot(headers['user-agent'])
