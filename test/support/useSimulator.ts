import { startSimulator } from '../../src/simulator/startSimulator.ts'

/** A response, with its body parsed if it is JSON. */
type Reply = { status: number; headers: Headers; body: unknown }

export type UsedSimulator = {
  url: () => string
  /** Sends a request to the control API; the default method is GET without a body, else POST. */
  control: <Body = Record<string, unknown>>(
    path: string,
    body?: object,
    method?: string,
  ) => Promise<Body>
  /** Reads an address of a provider or network without following redirects. */
  get: (path: string, headers?: Record<string, string>) => Promise<Reply>
  /** Sends a request to a provider: an object as JSON, search parameters as a form. */
  post: (
    path: string,
    body: object | URLSearchParams | string,
    headers?: Record<string, string>,
  ) => Promise<Reply>
}

/** Starts a simulator for the tests of one file. It is empty and without faults before each test. */
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
      readReply(await fetch(simulator.url + path, { headers, redirect: 'manual' })),
    post: async (path, body, headers = {}) => {
      const isPlain = typeof body === 'string' || body instanceof URLSearchParams
      const response = await fetch(simulator.url + path, {
        method: 'POST',
        body: isPlain ? body : JSON.stringify(body),
        headers: isPlain ? headers : { ...JSON_TYPE, ...headers },
      })
      return readReply(response)
    },
  }
}

const JSON_TYPE = { 'content-type': 'application/json' }

const readReply = async (response: Response): Promise<Reply> => ({
  status: response.status,
  headers: response.headers,
  body: parseJson(await response.text()),
})

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
