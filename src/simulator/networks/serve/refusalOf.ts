import type { Dial } from '../../faults.ts'
import type { Answer } from '../../types.ts'
import type { Network, NetworkRequest } from '../types.ts'

type Refused = {
  dial: Dial
  network: Network
  request: NetworkRequest
  /** Of the request as it came. */
  path: string
  /** How often the network has struck so before. */
  before: number
}

const DAY_SECONDS = 86_400

/** What a network answers instead of looking at the request; null where it looks at it. */
export const refusalOf = ({ before, dial, network, path, request }: Refused): Answer | null => {
  const { fault, seconds = 1 } = dial
  const wait = (value: string) => withHeader(network.rateLimited(), 'retry-after', value)
  switch (fault) {
    case 'rate-limited':
      return network.rateLimited()
    case 'rate-limited-with-retry-after':
      return wait(String(seconds))
    // By the time of the world, as a client compares it with its own.
    case 'rate-limited-until-date':
      return wait(new Date(Date.now() + seconds * 1000).toUTCString())
    case 'rate-limited-for-a-day':
      return wait(String(DAY_SECONDS))
    case 'server-error':
      return page([500, 502, 503, 504][before % 4] ?? 500)
    case 'html-error-page':
      return page([200, 502][before % 2] ?? 502)
    case 'unauthorized':
      return network.unauthorized()
    case 'token-expired':
      return network.tokenExpired(request)
    case '204-empty':
      return network.list.nothing ?? null
    case 'redirect-same-host':
      return redirect(path)
    case 'redirect-other-host':
      return redirect(`http://${otherHost(request.headers.host ?? '')}${path}`)
    default:
      return null
  }
}

/** What stands in front of a network answers so, and knows no JSON. */
const page = (status: number): Answer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: '<html><head><title>We will be back soon</title></head></html>\r\n',
  code: `a page, with ${status}`,
})

const redirect = (location: string): Answer => ({
  status: 302,
  headers: { location },
  code: `to ${location}`,
})

/** Another name of this machine: whoever follows shows what it takes along. */
const otherHost = (host: string): string => {
  const [name, port] = host.split(':')
  return `${name === 'localhost' ? '127.0.0.1' : 'localhost'}${port ? `:${port}` : ''}`
}

const withHeader = (answer: Answer, name: string, value: string): Answer => ({
  ...answer,
  headers: { ...answer.headers, [name]: value },
})
