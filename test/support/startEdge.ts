import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import express, { type RequestHandler } from 'express'

/** Starts a server with routes of the edge alone, without Next. */
export const startEdge = async (
  ...routes: RequestHandler[]
): Promise<{ url: string; close: () => Promise<void> }> => {
  const app = express()
  app.use(...routes)
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
