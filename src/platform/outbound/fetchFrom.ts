import { Agent, fetch as fetchWith, type RequestInit, type Response } from 'undici'

import { guardLookup } from './guardLookup.ts'
import { mayBePrivate, type PrivateHosts } from './refuseUrl.ts'

/** Opens connections to public hosts: each address is checked when it connects. */
export const openPublicAgent = (lookup = guardLookup()): Agent => new Agent({ connect: { lookup } })

const publicAgent = openPublicAgent()
const anyAgent = new Agent()

type Options = Omit<RequestInit, 'dispatcher' | 'redirect'>

/**
 * Sends one request and follows no redirect. A connection to a host that is not allowed to be
 * private is made to a public address only. The caller has checked the URL with `refuseUrl`, since
 * an address in a URL is not looked up.
 */
export const fetchFrom = (url: URL, hosts: PrivateHosts, options: Options): Promise<Response> =>
  fetchWith(url, {
    ...options,
    redirect: 'manual',
    dispatcher: mayBePrivate(url, hosts) ? anyAgent : publicAgent,
  })
