import { once } from 'node:events'
import type { Socket } from 'node:net'

import { openSocket } from './sendRaw.ts'

const HEAD = 'POST /api/users HTTP/1.1\r\nHost: abuse.test\r\nContent-Type: application/json\r\n'
const KB = 1024

/** What a connection sends before it falls silent. */
export const HALVES: Record<string, string> = {
  nothing: '',
  'half of a head': HEAD,
  'a head without its body': `${HEAD}Content-Length: 60000\r\n\r\n`,
  'almost a whole body': `${HEAD}Content-Length: ${64 * KB}\r\n\r\n{"a":"${'x'.repeat(60 * KB)}`,
  'almost a whole body in parts': `${HEAD}Transfer-Encoding: chunked\r\n\r\nee00\r\n${' '.repeat(0xee00)}\r\n`,
  'almost a whole form of the admin': `${HEAD.replace('/api/users', '/admin/login')}Next-Action: ${'a'.repeat(42)}\r\nContent-Length: ${1024 * KB}\r\n\r\n${'x'.repeat(250 * KB)}`,
}

/** Opens connections that send a part of a request and wait. Returns a function that ends them. */
export const holdConnections = async (
  baseUrl: string,
  { count, sends }: { count: number; sends: string },
): Promise<{ open: () => number; end: () => void }> => {
  const sockets: Socket[] = []
  // In turn, so that the queue of new connections does not overflow.
  for (let at = 0; at < count; at += 50) {
    const some = Array.from({ length: Math.min(50, count - at) }, () => openSocket(baseUrl))
    await Promise.all(
      some.map((socket) => Promise.race([once(socket, 'connect'), once(socket, 'close')])),
    )
    for (const socket of some) socket.resume().write(sends)
    sockets.push(...some)
  }
  return {
    open: () => sockets.filter(({ closed, destroyed }) => !closed && !destroyed).length,
    end: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
}
