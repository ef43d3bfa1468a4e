import fs from 'node:fs/promises'
import type { Server } from 'node:http'
import path from 'node:path'

import type { RequestHandler } from 'express'

import { sendRefusal } from './edge/makeRefusal.ts'
import { type RefuseActions, refuseUnknownActions } from './edge/refuseUnknownActions.ts'
import { projectRoot } from '../platform/projectRoot.ts'

export type Admin = {
  handle: RequestHandler
  /** Finds what no page takes. `handle` refuses it too; before other routes it costs less. */
  refuse: RefuseActions
  close: () => Promise<void>
}

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
  // Development compiles functions on request, and sends messages of its own.
  const refuse = isDevelopment ? () => null : refuseUnknownActions(await readActions())
  return {
    // No body parser before this: Next reads the stream itself.
    handle: (request, response) => {
      const refusal = refuse(request)
      if (refusal) sendRefusal(response, refusal)
      else void handle(request, response)
    },
    refuse,
    close: () => pages.close(),
  }
}

/** The ids of the admin's server functions, as the build has written them down. */
const readActions = async (): Promise<Set<string>> => {
  const file = path.join(projectRoot(), '.next/server/server-reference-manifest.json')
  const manifest = JSON.parse(await fs.readFile(file, 'utf8')) as Record<string, unknown>
  return new Set(Object.keys(manifest.node ?? {}))
}
