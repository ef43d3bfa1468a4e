/** How a request was answered, as its sender understands it. */
export type Answer = {
  /** The sender is told that it was done. */
  isYes: boolean
  /** The sender is told that trying again may help, or is told nothing. */
  isAgain: boolean
  /** The status and the code, for the report. */
  text: string
}

export type RestRequest = {
  method: string
  path: string
  authorization?: string
  headers?: Record<string, string>
  body?: unknown
  text?: string
}

/** Sends a request over REST. A line that breaks is an answer that tells nothing. */
export const askRest = async (
  baseUrl: string,
  { authorization, body, headers, method, path, text }: RestRequest,
): Promise<Answer> => {
  const content = text ?? (body === undefined ? undefined : JSON.stringify(body))
  const received = await send(`${baseUrl}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(authorization ? { Authorization: authorization } : {}),
      ...headers,
    },
    ...(content === undefined ? {} : { body: content }),
  })
  if (!received) return NOTHING
  const { errors } = received.body as { errors?: { code?: string }[] }
  return {
    isYes: received.status < 400,
    isAgain: received.status >= 500,
    text: `${received.status} ${errors?.[0]?.code ?? ''}`,
  }
}

type GraphqlBody = { errors?: { extensions?: { code?: string; statusCode?: number } }[] }

/** Sends a mutation. GraphQL answers 200 and names what was refused in `errors`. */
export const askGraphql = async (
  baseUrl: string,
  query: string,
  authorization: string,
): Promise<Answer> => {
  const received = await send(`${baseUrl}/api/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: authorization },
    body: JSON.stringify({ query }),
  })
  if (!received) return NOTHING
  const error = (received.body as GraphqlBody).errors?.[0]
  const status = error?.extensions?.statusCode ?? received.status
  return {
    isYes: !error && received.status < 400,
    isAgain: status >= 500,
    text: `${status} ${error?.extensions?.code ?? ''} (GraphQL)`,
  }
}

const NOTHING: Answer = { isYes: false, isAgain: true, text: 'no answer' }

const send = async (
  url: string,
  request: RequestInit,
): Promise<{ status: number; body: unknown } | null> => {
  try {
    const response = await fetch(url, request)
    const text = await response.text()
    return { status: response.status, body: text ? (JSON.parse(text) as unknown) : {} }
  } catch {
    return null
  }
}
