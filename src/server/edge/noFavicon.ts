import { type RequestHandler, Router } from 'express'

/**
 * `GET /favicon.ico`: pages name their icon themselves; a browser that asks before it has read one is
 * answered without a page of Next's, and without an error in its console.
 */
export const noFavicon = (): RequestHandler =>
  Router().get('/favicon.ico', (_request, response) => {
    response.set('Cache-Control', 'public, max-age=86400').status(204).end()
  })
