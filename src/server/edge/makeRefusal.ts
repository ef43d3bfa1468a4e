import { STATUS_CODES, type ServerResponse } from 'node:http'

/** An answer that is the same for every request, and closes the connection. */
export type Refusal = {
  status: number
  headers: Readonly<Record<string, string>>
  body: string
  /** The whole answer as it goes over the line. */
  bytes: Buffer
}

type Reason = { status: number; code: string; message: string; headers?: Record<string, string> }

/** Makes a refusal once, so that a thousand requests at once cost next to nothing each. */
export const makeRefusal = ({ code, headers: own, message, status }: Reason): Refusal => {
  const body = JSON.stringify({ errors: [{ code, message }] })
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
    ...own,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', ''].join('\r\n')
  return { status, headers, body, bytes: Buffer.from(head + body) }
}

/** Sends a refusal as an ordinary answer, in the order of the connection's requests. */
export const sendRefusal = (response: ServerResponse, refusal: Refusal): void => {
  response.writeHead(refusal.status, refusal.headers).end(refusal.body)
}
