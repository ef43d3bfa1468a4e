import { connect, type Socket } from 'node:net'

export type Sent = {
  method?: string
  path: string
  headers?: Record<string, string>
  /** The body, part by part; a number stands for so many bytes of empty rows. */
  body?: string | Buffer | Iterable<Buffer>
  isChunked?: boolean
}

/**
 * Sends a request over a socket as it is, also what no client library would send. Resolves to the
 * status of the first answer, or to `closed` when the connection closes without one.
 */
export const sendRaw = async (baseUrl: string, sent: Sent): Promise<string> => {
  const { body = '', headers = {}, isChunked = false, method = 'POST', path } = sent
  const isText = typeof body === 'string' || Buffer.isBuffer(body)
  const length = isText
    ? { 'Content-Length': String(Buffer.byteLength(body)) }
    : ({} as Record<string, string>)
  const all = {
    Host: 'abuse.test',
    Connection: 'close',
    'Content-Type': 'application/json',
    ...(isChunked ? { 'Transfer-Encoding': 'chunked' } : length),
    ...headers,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`
  const parts = isText ? [Buffer.from(body)] : body
  return exchange(baseUrl, head, isChunked ? toChunks(parts) : parts)
}

const toChunks = function* (parts: Iterable<Buffer>): Generator<Buffer> {
  for (const part of parts) {
    yield Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')])
  }
  yield Buffer.from('0\r\n\r\n')
}

/** Writes until the server answers or closes, and reads the status. */
export const exchange = async (
  baseUrl: string,
  head: string,
  parts: Iterable<Buffer> = [],
): Promise<string> => {
  const socket = openSocket(baseUrl)
  let received = ''
  let isOver = false
  const over = new Promise<void>((resolve) => {
    socket.on('close', () => resolve())
    socket.on('data', (part: Buffer) => {
      received = (received + part.toString('latin1')).slice(0, 200)
      isOver = true
      resolve()
    })
  }).then(() => {
    isOver = true
  })
  socket.write(head)
  for (const part of parts) {
    if (isOver || socket.destroyed) break
    if (!socket.write(part)) await Promise.race([over, drained(socket)])
  }
  await over
  socket.destroy()
  return (
    /^HTTP\/1\.1 (?!100)(\d{3})/.exec(received.replace(/^HTTP\/1\.1 100[^]*?\r\n\r\n/, ''))?.[1] ??
    'closed'
  )
}

const drained = (socket: Socket): Promise<void> =>
  new Promise((resolve) => socket.once('drain', () => resolve()))

/** A socket with errors that are ignored: the server may reset it at any time. */
export const openSocket = (baseUrl: string): Socket => {
  const { hostname, port } = new URL(baseUrl)
  const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname)
  socket.on('error', () => undefined)
  return socket
}
