import type { RequestHandler } from 'express'
import helmet from 'helmet'

/** The admin's scripts are inline and Next's own; what matters here is that nobody frames it. */
export const forbidFraming: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: helmet.contentSecurityPolicy.dangerouslyDisableDefaultSrc,
      frameAncestors: ["'self'"],
    },
  },
})
