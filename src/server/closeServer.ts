import type { Server } from 'node:http'

/** Lets requests under way end, then closes what is kept alive. */
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
