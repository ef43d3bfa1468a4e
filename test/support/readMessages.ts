import type { Socket } from 'node:net'

/**
 * Reads whole messages of PostgreSQL's protocol from a socket: their type, and all of their bytes.
 * The first messages of a client have no type; their type is the empty text.
 */
export const readMessages = (
  socket: Socket,
  { hasStartup }: { hasStartup: boolean },
  onMessage: (type: string, message: Buffer) => void,
): void => {
  let rest: Buffer = Buffer.alloc(0)
  let isStarting = hasStartup
  socket.on('data', (data: Buffer) => {
    rest = rest.length === 0 ? data : Buffer.concat([rest, data])
    for (;;) {
      const head = isStarting ? 0 : 1
      if (rest.length < head + 4) return
      const length = head + rest.readInt32BE(head)
      if (rest.length < length) return
      const message = rest.subarray(0, length)
      rest = rest.subarray(length)
      const type = isStarting ? '' : String.fromCharCode(message[0] ?? 0)
      isStarting = false
      onMessage(type, message)
    }
  })
}
