import type { IncomingMessage, ServerResponse } from 'node:http'

/** Answers a request that no page of the admin takes, and returns true; else false. */
export type RefuseActions = (request: IncomingMessage, response: ServerResponse) => boolean

const READS: readonly (string | undefined)[] = ['GET', 'HEAD', 'OPTIONS']

/**
 * Answers 404 to a call of a server function that the admin does not have, and to every other write
 * to its pages. Next would read the body, render a page and write a stack trace for each, which
 * takes a hundred times longer than sending it.
 */
export const refuseUnknownActions =
  (known: ReadonlySet<string>): RefuseActions =>
  ({ headers, method, socket }, response) => {
    const id = headers['next-action']
    if (id === undefined ? READS.includes(method) : typeof id === 'string' && known.has(id)) {
      return false
    }
    socket.pause() // the connection ends with the answer, and its body is not read
    response.writeHead(404, id === undefined ? HEADERS : FUNCTION_HEADERS).end(BODY)
    return true
  }

/** Returns true for the addresses of the admin's pages. */
export const isAdminPath = (url = ''): boolean => /^\/admin(?:[/?]|$)/i.test(url)

/** Written without a framework: a thousand such calls at once are answered in a fraction of a second. */
const HEADERS = {
  'Content-Type': 'application/json; charset=utf-8',
  'X-Content-Type-Options': 'nosniff',
  Connection: 'close',
}
/** An open page of an earlier build reloads itself when it reads this header. */
const FUNCTION_HEADERS = { ...HEADERS, 'X-Nextjs-Action-Not-Found': '1' }
const BODY = JSON.stringify({ errors: [{ code: 'request.not-found', message: 'Not found.' }] })
