import type { Server } from 'node:http'

/** Lets running requests end, 10 seconds at most, then closes idle connections. */
export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeIdleConnections()
    setTimeout(() => {
      server.closeAllConnections()
    }, 10_000).unref()
  })
