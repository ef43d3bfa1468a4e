type Handler = (request: Request) => Promise<Response>

/** Answers a body that is not a JSON object itself: Payload's GraphQL would call it a fault. */
export const requireJson =
  (handler: Handler): Handler =>
  async (request) => {
    const text = await request.text()
    if (!isObject(text)) {
      const error = { code: 'request.malformed-body', message: 'Send a JSON object.' }
      return Response.json(
        { errors: [{ message: error.message, extensions: { ...error, statusCode: 400 } }] },
        { status: 400 },
      )
    }
    const { headers, method, url } = request
    return handler(new Request(url, { method, headers, body: text }))
  }

const isObject = (text: string): boolean => {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null && !Array.isArray(body)
  } catch {
    return false
  }
}
