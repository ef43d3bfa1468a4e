import { type IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

import type { RequestHandler } from 'express'

/** The header from which all other code reads the address. */
const HEADER = 'x-tributary-client-ip'

/**
 * Writes the caller's address into a header of our own and overwrites what the caller sent there.
 * Behind proxies of ours it is the address that the outermost of them saw. Earlier entries of
 * `X-Forwarded-For` come from the caller and are not trusted.
 */
export const clientAddress =
  ({ trustedProxies }: { trustedProxies: number }): RequestHandler =>
  (request, _response, next) => {
    request.headers[HEADER] = findAddress(request, trustedProxies)
    next()
  }

const findAddress = ({ headers, socket }: IncomingMessage, trustedProxies: number): string => {
  const seen = socket.remoteAddress ?? 'unknown'
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',')
  const reported = trustedProxies > 0 ? forwarded.slice(-trustedProxies)[0]?.trim() : undefined
  const address = reported && isIP(reported) ? reported : seen
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}
