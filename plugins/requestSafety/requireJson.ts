import { randomUUID } from 'node:crypto'

type Handler = (request: Request) => Promise<Response>

/** Refuses a body that is no JSON object. Payload's GraphQL would answer with an internal error. */
export const requireJson =
  (handler: Handler): Handler =>
  async (request) => {
    const text = await request.text()
    if (!isObject(text)) {
      const requestId = request.headers.get('x-request-id') ?? randomUUID()
      const error = { code: 'request.malformed-body', message: 'Send a JSON object.' }
      return Response.json(
        {
          errors: [
            { message: error.message, extensions: { ...error, statusCode: 400, requestId } },
          ],
        },
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
