import { encrypt } from '../../../platform/encryption.ts'
import { readDb } from '../../../database/readDb.ts'
import { createSimulatedNetwork } from '../../../../test/support/networks/simulatedNetwork.ts'
import { daysAgo } from '../../../../test/support/instants.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'
import { useSimulator } from '../../../../test/support/useSimulator.ts'
import { credentialsContext, networksOptions } from './networksOptions.ts'
import { loadNetwork } from '../networkStore.ts'
import { openNetwork } from './openNetwork.ts'

let product: Product
const simulator = useSimulator()
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

/** A network with expired tokens, opened as by two processes, which share only the row. */
const openTwice = async () => {
  const { payload, sql } = product
  const { id, name } = await createSimulatedNetwork(product, {
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
  const { encryptionKey } = networksOptions(payload)
  const context = credentialsContext(await loadNetwork(await readDb(product), name))
  const encrypted = encrypt(encryptionKey, JSON.stringify(old), context)
  await sql(`update networks set tokens = '${encrypted}' where id = '${id}'`)
  const row = await loadNetwork(await readDb(product), name)
  // Two spellings of the URL to which the credentials are bound: one process shares its renewals.
  return ['', '/'].map((end) =>
    openNetwork(payload, { ...row, settings: { baseUrl: `${simulator.url()}/admitad${end}` } }),
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
  for await (const page of network.listTransactions(window, {
    signal: new AbortController().signal,
  })) {
    pages.push(page)
  }
  return pages.length
}

it('two processes with an expired token renew it once, and both read', async () => {
  const networks = await openTwice()
  await simulator.control('/faults', { provider: 'admitad', fault: 'slow', seconds: 0.3, times: 1 })
  expect(await Promise.all(networks.map(readAll))).toEqual([1, 1])
  expect(await tokenRequests()).toEqual([200])
})

it('a new refresh token is stored, and the next renewal uses it', async () => {
  const [network] = await openTwice()
  if (!network) throw new Error()
  await readAll(network)
  await simulator.control('/faults', { provider: 'admitad', fault: 'token-expired', times: 1 })
  await readAll(network)
  expect(await tokenRequests()).toEqual([200, 200])
})
