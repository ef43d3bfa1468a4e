import { createServer } from 'node:http'

import express, { type RequestHandler } from 'express'

import { listenLocally } from './listenLocally.ts'

/** Starts a server with routes of the edge alone, without Next. */
export const startEdge = async (
  ...routes: RequestHandler[]
): Promise<{ url: string; close: () => Promise<void> }> => {
  const app = express()
  app.use(...routes)
  return listenLocally(createServer(app))
}
