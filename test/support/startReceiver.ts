import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type ReceivedPost = { method: string; url: string; headers: Record<string, string>; body: string }

/** Starts a receiver of webhooks: it keeps each request as it came, byte for byte. */
export const startReceiver = async () => {
  const posts: ReceivedPost[] = []
  const answers: number[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const headers = request.headers as Record<string, string>
      posts.push({
        method: request.method ?? '',
        url: request.url ?? '',
        headers,
        body: Buffer.concat(parts).toString(),
      })
      response.writeHead(answers.shift() ?? 200).end()
      server.emit('post')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
    /** The statuses of the next responses; after them 200. */
    answers,
    untilPosts: async (count: number) => {
      while (posts.length < count) await once(server, 'post')
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
