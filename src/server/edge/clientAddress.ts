import { type IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

import type { RequestHandler } from 'express'

/** Where the rest of the product finds the address; see `clientAddress`. */
const HEADER = 'x-tributary-client-ip'

/**
 * Writes the caller's address into a header of our own, over whatever the caller wrote there. With
 * proxies of ours in front it is the address that the outermost of them saw; entries of
 * `X-Forwarded-For` before that are the caller's own words.
 */
export const clientAddress =
  ({ trustedProxies }: { trustedProxies: number }): RequestHandler =>
  (request, _response, next) => {
    request.headers[HEADER] = addressOf(request, trustedProxies)
    next()
  }

const addressOf = ({ headers, socket }: IncomingMessage, trustedProxies: number): string => {
  const seen = socket.remoteAddress ?? 'unknown'
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',')
  const told = trustedProxies > 0 ? forwarded.slice(-trustedProxies)[0]?.trim() : undefined
  const address = told && isIP(told) ? told : seen
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}
