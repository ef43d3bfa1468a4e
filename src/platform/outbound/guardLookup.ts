import { lookup as resolve } from 'node:dns'
import type { LookupFunction } from 'node:net'

import { isPublicAddress } from './refuseUrl.ts'

/** The code of the error for a name with an address that is not public. */
export const PRIVATE_ADDRESS = 'ERR_PRIVATE_ADDRESS'

/**
 * Builds the name resolution of connections to public hosts. The connection uses the addresses that
 * were checked, so that a name cannot resolve to another address between the check and the use. One
 * private address refuses the name.
 */
export const guardLookup =
  (lookup: typeof resolve = resolve): LookupFunction =>
  (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = error ? [] : addresses
      if (error) done(error, [])
      else if (!first || !addresses.every(({ address }) => isPublicAddress(address))) {
        done(privateAddressError(hostname), [])
      } else if (options.all) done(null, addresses)
      else done(null, first.address, first.family)
    })
  }

const privateAddressError = (hostname: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`${hostname} resolves to an address that is not public`), {
    code: PRIVATE_ADDRESS,
  })
