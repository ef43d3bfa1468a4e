import { type RequestHandler, Router } from 'express'

/**
 * `GET /favicon.ico`: the admin's pages name their icon themselves. A browser that requests one
 * earlier gets an empty response, without rendering a page of Next and without an error in its
 * console.
 */
export const noFavicon = (): RequestHandler =>
  Router().get('/favicon.ico', (_request, response) => {
    response.set('Cache-Control', 'public, max-age=86400').status(204).end()
  })
