import type { Server } from 'node:http'

import type { RequestHandler } from 'express'

import { projectRoot } from '../platform/projectRoot.ts'

export type Admin = { handle: RequestHandler; close: () => Promise<void> }

/**
 * Loads Next, which serves the admin panel and every path that nothing else answers. Loaded by this
 * function alone: a process without the admin starts in a third of the time and memory.
 *
 * @throws Error when the pages are not built; development builds them on request
 */
export const openAdmin = async ({
  isDevelopment,
  port,
  server,
}: {
  isDevelopment: boolean
  port: number
  server: Server
}): Promise<Admin> => {
  const { default: next } = await import('next')
  const pages = next({
    dev: isDevelopment,
    dir: projectRoot(),
    hostname: 'localhost',
    port,
    httpServer: server,
  })
  await pages.prepare()
  const handle = pages.getRequestHandler()
  return {
    // No body parser before this: Next reads the stream itself.
    handle: (request, response) => handle(request, response),
    close: () => pages.close(),
  }
}
