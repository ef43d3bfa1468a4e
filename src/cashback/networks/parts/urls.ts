import { NetworkError } from '../NetworkError.ts'

type Address = { baseUrl: string; path: string; query?: Record<string, string> }

/**
 * Builds the URL of a request. The base URL may have a path of its own, such as a gateway's.
 *
 * @throws NetworkError `network.refused` the base URL is not a URL
 */
export const buildUrl = ({ baseUrl, path, query = {} }: Address): URL => {
  const text = `${baseUrl.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`
  if (!URL.canParse(text)) {
    throw new NetworkError('network.refused', { message: 'the base URL is not a web address' })
  }
  const url = new URL(text)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}

type Link = {
  trackingUrl: string
  clickId: string
  maxClickIdLength: number
  clickParam: string
  deepLink?: string | null | undefined
  deepLinkParam: string
}

/**
 * Adds the click id and the landing page to a tracking link. Everything else in the link stays
 * exactly as it is, because some merchants sign their links.
 *
 * @throws NetworkError `network.refused` a link is not a web address, or the click id is too long
 *   or has other characters than letters, digits, `_` and `-`
 */
export const buildTrackingLink = (link: Link): string => {
  const { clickId, clickParam, deepLink, deepLinkParam, maxClickIdLength, trackingUrl } = link
  if (clickId.length > maxClickIdLength || !/^[\w-]+$/.test(clickId)) {
    throw refused('the network would not return this click id')
  }
  const url = parseWebUrl(trackingUrl)
  const params: Record<string, string> = {
    [clickParam]: clickId,
    ...(deepLink ? { [deepLinkParam]: parseWebUrl(deepLink).href } : {}),
  }
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((part) => part && !Object.hasOwn(params, paramName(part)))
  const added = Object.entries(params).map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  )
  url.search = [...kept, ...added].join('&')
  return url.href
}

const parseWebUrl = (text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url
  throw refused('the link is not a web address')
}

const paramName = (part: string): string => [...new URLSearchParams(part).keys()][0] ?? ''

const refused = (message: string) => new NetworkError('network.refused', { message })
