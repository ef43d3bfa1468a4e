import type { RequestHandler } from 'express'
import helmet from 'helmet'

/** Forbids other sites to frame the admin. Its scripts are inline, so no other rule can be set. */
export const forbidFraming: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: helmet.contentSecurityPolicy.dangerouslyDisableDefaultSrc,
      frameAncestors: ["'self'"],
    },
  },
})
