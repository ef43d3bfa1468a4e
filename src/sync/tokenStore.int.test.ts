import { encrypt } from '../encryption.ts'
import { readerOf } from '../ledger/readerOf.ts'
import { aNetwork, daysAgo } from '../testing/aNetwork.ts'
import { type Product, startProduct } from '../testing/startProduct.ts'
import { useSimulator } from '../testing/useSimulator.ts'
import { credentialsOf } from './credentialsOf.ts'
import { networkRow } from './networkRow.ts'
import { networksOf } from './networksOf.ts'
import { openNetwork } from './openNetwork.ts'

let product: Product
const simulator = useSimulator()
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

/** A network whose tokens have run out, opened as by two processes: they share the row alone. */
const openTwice = async () => {
  const { payload, sql } = product
  const { id, name } = await aNetwork(product, {
    adapter: 'admitad',
    simulator,
    over: {
      credentials: {
        ADMITAD_CLIENT_ID: 'id',
        ADMITAD_CLIENT_SECRET: 'secret',
        ADMITAD_REFRESH_TOKEN: 'first',
      },
    },
  })
  const old = { accessToken: 'old', refreshToken: 'second', expiresAt: daysAgo(1) }
  const { encryptionKey } = networksOf(payload)
  const sealed = encrypt(encryptionKey, JSON.stringify(old), credentialsOf('admitad'))
  await sql(`update networks set tokens = '${sealed}' where id = '${id}'`)
  const row = await networkRow(await readerOf(product), name)
  const { port } = new URL(simulator.url())
  return ['127.0.0.1', 'localhost'].map((host) =>
    openNetwork(payload, { ...row, settings: { baseUrl: `http://${host}:${port}/admitad` } }),
  )
}

const tokenRequests = async () => {
  const { requests } = await simulator.control<{ requests: { path: string; status: number }[] }>(
    '/requests',
  )
  return requests.filter(({ path }) => path.endsWith('/token/')).map(({ status }) => status)
}

const readAll = async (network: ReturnType<typeof openNetwork>) => {
  const window = { from: new Date(daysAgo(1)), to: new Date(), by: 'event' as const }
  const pages = []
  for await (const page of network.listSales(window, { signal: new AbortController().signal })) {
    pages.push(page)
  }
  return pages.length
}

it('two processes whose token has run out renew it once, and both read', async () => {
  const networks = await openTwice()
  await simulator.control('/faults', { provider: 'admitad', fault: 'slow', seconds: 0.3, times: 1 })
  expect(await Promise.all(networks.map(readAll))).toEqual([1, 1])
  expect(await tokenRequests()).toEqual([200])
})

it('the renewed refresh token is kept: the next renewal uses it, and not the one before', async () => {
  const [network] = await openTwice()
  if (!network) throw new Error()
  await readAll(network)
  await simulator.control('/faults', { provider: 'admitad', fault: 'token-expired', times: 1 })
  await readAll(network)
  expect(await tokenRequests()).toEqual([200, 200])
})
