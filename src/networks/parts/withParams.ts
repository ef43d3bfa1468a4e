import { NetworkError } from '../NetworkError.ts'

type Link = {
  trackingUrl: string
  clickId: string
  maxClickIdLength: number
  clickParam: string
  deepLink?: string | null | undefined
  deepLinkParam: string
}

/**
 * Puts the click's id, and the page to land on, into a tracking link. Whatever else stands in it
 * stays as it is, letter by letter: some merchants sign their links.
 */
export const withParams = (link: Link): string => {
  const { clickId, clickParam, deepLink, deepLinkParam, maxClickIdLength, trackingUrl } = link
  if (clickId.length > maxClickIdLength || !/^[\w-]+$/.test(clickId)) {
    throw refused('a click id that the network would not give back')
  }
  const url = webAddress(trackingUrl)
  const params: Record<string, string> = {
    [clickParam]: clickId,
    ...(deepLink ? { [deepLinkParam]: webAddress(deepLink).href } : {}),
  }
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((part) => part && !Object.hasOwn(params, nameOf(part)))
  const added = Object.entries(params).map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  )
  url.search = [...kept, ...added].join('&')
  return url.href
}

const webAddress = (text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url
  throw refused('a link that is no web address')
}

const nameOf = (part: string): string => [...new URLSearchParams(part).keys()][0] ?? ''

const refused = (message: string) => new NetworkError('network.refused', { message })
