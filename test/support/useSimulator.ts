import { startSimulator } from '../../src/simulator/startSimulator.ts'

/** What came back, with its body parsed where it is JSON. */
type Reply = { status: number; headers: Headers; body: unknown }

export type UsedSimulator = {
  url: () => string
  /** A request to the control API; the method is GET without a body, else POST. */
  control: <Body = Record<string, unknown>>(
    path: string,
    body?: object,
    method?: string,
  ) => Promise<Body>
  /** What a provider or a network shows at an address, redirects not followed. */
  get: (path: string, headers?: Record<string, string>) => Promise<Reply>
  /** A request to a provider; an object is sent as JSON, search parameters as a form. */
  post: (
    path: string,
    body: object | URLSearchParams | string,
    headers?: Record<string, string>,
  ) => Promise<Reply>
}

/** A simulator for the tests of one file; each test finds it empty and without faults. */
export const useSimulator = (): UsedSimulator => {
  let simulator: Awaited<ReturnType<typeof startSimulator>>
  beforeAll(async () => {
    simulator = await startSimulator()
  })
  afterAll(() => simulator.close())
  beforeEach(async () => {
    await fetch(`${simulator.url}/control/state`, { method: 'DELETE' })
  })

  return {
    url: () => simulator.url,
    control: async <Body>(path: string, body?: object, method = body ? 'POST' : 'GET') => {
      const response = await fetch(`${simulator.url}/control${path}`, {
        method,
        ...(body ? { body: JSON.stringify(body), headers: JSON_TYPE } : {}),
      })
      return (await response.json()) as Body
    },
    get: async (path, headers = {}) =>
      replyOf(await fetch(simulator.url + path, { headers, redirect: 'manual' })),
    post: async (path, body, headers = {}) => {
      const isPlain = typeof body === 'string' || body instanceof URLSearchParams
      const response = await fetch(simulator.url + path, {
        method: 'POST',
        body: isPlain ? body : JSON.stringify(body),
        headers: isPlain ? headers : { ...JSON_TYPE, ...headers },
      })
      return replyOf(response)
    },
  }
}

const JSON_TYPE = { 'content-type': 'application/json' }

const replyOf = async (response: Response): Promise<Reply> => ({
  status: response.status,
  headers: response.headers,
  body: parsed(await response.text()),
})

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
