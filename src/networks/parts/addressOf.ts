import { NetworkError } from '../NetworkError.ts'

type Address = { baseUrl: string; path: string; query?: Record<string, string> }

/** Where to ask: the path below the base, which may itself have one, as at a gateway. */
export const addressOf = ({ baseUrl, path, query = {} }: Address): URL => {
  const text = `${baseUrl.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`
  if (!URL.canParse(text)) {
    throw new NetworkError('network.refused', { message: 'the base URL is no web address' })
  }
  const url = new URL(text)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}
