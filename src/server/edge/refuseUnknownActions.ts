import type { RequestHandler } from 'express'

const READS = ['GET', 'HEAD', 'OPTIONS']

/**
 * Answers 404 to a call of a server function that the admin does not have, and to every other write
 * to its pages. Next would read the body, render a page and write a stack trace for each, which
 * takes a hundred times longer than sending it.
 */
export const refuseUnknownActions =
  (known: ReadonlySet<string>): RequestHandler =>
  ({ headers, method, socket }, response, next) => {
    const id = headers['next-action']
    if (id === undefined ? READS.includes(method) : typeof id === 'string' && known.has(id)) {
      next()
      return
    }
    // An open page of an earlier build reloads itself when it reads this header.
    if (id !== undefined) response.set('x-nextjs-action-not-found', '1')
    socket.pause() // the connection ends with the answer, and its body is not read
    response.writeHead(404, HEADERS).end(BODY)
  }

/** Written without a framework: a thousand such calls at once are answered in a fraction of a second. */
const HEADERS = {
  'Content-Type': 'application/json; charset=utf-8',
  'X-Content-Type-Options': 'nosniff',
  Connection: 'close',
}
const BODY = JSON.stringify({ errors: [{ code: 'request.not-found', message: 'Not found.' }] })
