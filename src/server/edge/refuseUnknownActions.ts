import type { IncomingMessage } from 'node:http'

import { makeRefusal, type Refusal } from './makeRefusal.ts'

/** Returns the answer to a request that no page of the admin takes; else null. */
export type RefuseActions = (request: IncomingMessage) => Refusal | null

const READS: readonly (string | undefined)[] = ['GET', 'HEAD', 'OPTIONS']

/**
 * Answers 404 to a call of a server function that the admin does not have, and to every other write
 * to its pages. Next would read the body, render a page and write a stack trace for each, which
 * takes a hundred times longer than sending it.
 */
export const refuseUnknownActions =
  (known: ReadonlySet<string>): RefuseActions =>
  ({ headers, method }) => {
    const id = headers['next-action']
    if (id === undefined) return READS.includes(method) ? null : NO_PAGE
    return typeof id === 'string' && known.has(id) ? null : NO_FUNCTION
  }

/** Returns true for the addresses of the admin's pages. */
export const isAdminPath = (url = ''): boolean => /^\/admin(?:[/?]|$)/i.test(url)

const NOT_FOUND = { status: 404, code: 'request.not-found', message: 'Not found.' }
const NO_PAGE = makeRefusal(NOT_FOUND)
/** An open page of an earlier build reloads itself when it reads this header. */
const NO_FUNCTION = makeRefusal({
  ...NOT_FOUND,
  headers: { 'X-Nextjs-Action-Not-Found': '1' },
})
