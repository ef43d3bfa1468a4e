import { once } from 'node:events'
import net from 'node:net'

type Lane = { get: (path: string, headers: string) => Promise<number>; close: () => void }

/**
 * Opens kept-alive connections for GET requests. Each handles one request at a time, and expects
 * responses without a body. Node's own client is not used: on a machine of two cores it takes as
 * much time as the server that is measured.
 */
export const openLanes = (baseUrl: string, count: number): Promise<Lane[]> =>
  Promise.all(Array.from({ length: count }, () => openLane(new URL(baseUrl))))

const openLane = async ({ host, hostname, port }: URL): Promise<Lane> => {
  const socket = net.connect(Number(port), hostname).setNoDelay(true)
  await once(socket, 'connect')
  let received = ''
  let waiting: { resolve: (status: number) => void; reject: (error: Error) => void } | null = null
  socket.setEncoding('latin1').on('data', (part: string) => {
    received += part
    if (!received.endsWith('\r\n\r\n')) return
    const status = Number(received.slice(9, 12))
    received = ''
    waiting?.resolve(status)
  })
  const fail = () => waiting?.reject(new Error('The server closed the connection.'))
  socket.on('close', fail).on('error', fail)
  return {
    get: (path, headers) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${headers}\r\n`)
      }),
    close: () => {
      socket.destroy()
    },
  }
}
