import net from 'node:net'

/** The first port from `from` on that nothing listens on; any free one for 0. */
export const freePort = async (from = 0): Promise<number> => {
  for (let port = from; port < 65_536; port += 1) {
    const found = await tryPort(port)
    if (found !== null) return found
  }
  throw new Error(`No free port from ${from} on.`)
}

/** Tried on all addresses, since that is where a server would listen. */
const tryPort = (port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const probe = net.createServer()
    probe.once('error', () => {
      resolve(null)
    })
    probe.listen({ port }, () => {
      const { port: found } = probe.address() as net.AddressInfo
      probe.close(() => {
        resolve(found)
      })
    })
  })
