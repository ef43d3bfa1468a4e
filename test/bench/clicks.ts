import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

import { inheritedEnv } from '../../src/config/env.ts'
import { projectRoot } from '../../src/platform/projectRoot.ts'
import { createMerchantAtNetwork } from '../support/cashbackFactories.ts'
import { createUser, signIn } from '../support/factories.ts'
import { measureAtPace } from './measureAtPace.ts'
import { measureInTurn, type Figure, measureRate } from './measure.ts'
import { openLanes } from './openLanes.ts'
import type { World } from './world.ts'

const BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0'
const LANES = 32

type Go = (index: number, lane: number) => Promise<unknown>

/** Click-outs of signed-in members to ten merchants, through the web process. */
export const clickOuts = async (world: World): Promise<Figure[]> => {
  const { payload, query, web } = world.product
  const targets = await createEach(10, () => createMerchantAtNetwork(payload))
  const cookies = await createEach(20, async () =>
    (await signIn(payload, await createUser(payload))).slice(4),
  )
  const [{ merchant, network } = await createMerchantAtNetwork(payload)] = targets
  const raw = await startRaw(
    web.databaseUrl,
    `${world.payers[0] ?? ''} ${merchant.id} ${network.id}`,
  )
  const pathOf = (index: number) => `/out/${targets[index % targets.length]?.merchant.slug ?? ''}`
  const headers = (index: number) =>
    `User-Agent: ${BROWSER}\r\nCookie: payload-token=${cookies[index % cookies.length] ?? ''}\r\n`
  let sent = 0
  const measure = (url: string, run: (go: Go) => Promise<number>) => async () => {
    // Opened for each measurement, because the server closes idle connections.
    const lanes = await openLanes(url, LANES)
    const figure = await run(async (index, lane) => {
      const status = await lanes[lane]?.get(pathOf(index), headers(index))
      if (status !== 302) throw new Error(`A click returned ${status ?? 'no response'}, not 302.`)
      sent += 1
    })
    for (const lane of lanes) lane.close()
    return figure
  }
  const both = (run: (go: Go) => Promise<number>) =>
    measureInTurn(measure(web.baseUrl, run), measure(raw.url, run))
  try {
    const warm = (go: Go) => measureRate(2_000, LANES, go)
    // Prepares statements and compiles code before the measurement.
    await measure(web.baseUrl, warm)()
    await measure(raw.url, warm)()
    const count = world.isQuick ? 2_000 : 15_000
    const rate = await both((go) => measureRate(count, LANES, go))
    const pace = { count: world.isQuick ? 2_000 : 10_000, perSecond: 1_000, width: LANES }
    const p99 = await both((go) => measureAtPace(pace, go))
    const [stored] = await query<{ count: number }>('select count(*)::int as count from clicks')
    if (stored?.count !== sent) {
      throw new Error(`${sent} clicks were redirected, ${stored?.count ?? 0} are stored.`)
    }
    return [throughput(rate), latency(p99)]
  } finally {
    await raw.stop()
  }
}

const throughput = ({ ours, raw }: { ours: number; raw: number }): Figure => ({
  name: 'click-out of signed-in members, c = 32 (raw: Express and one insert, no checks)',
  unit: 'clicks/s',
  ours,
  raw,
  goal: '≥ 2,500/s',
  isMet: ours >= 2_500,
})

const latency = ({ ours, raw }: { ours: number; raw: number }): Figure => ({
  name: 'click-out at 1,000/s, p99 from when it was due (raw: Express and one insert)',
  unit: 'ms',
  ours: Math.round(ours * 10) / 10,
  raw: Math.round(raw * 10) / 10,
  goal: '≤ 20 ms',
  isMet: ours <= 20,
})

/** Creates one after the other, because each needs a connection of the pool. */
const createEach = async <Made>(count: number, make: () => Promise<Made>): Promise<Made[]> => {
  const items: Made[] = []
  while (items.length < count) items.push(await make())
  return items
}

/** Starts `rawClicks.ts`. It exits when this process exits. */
const startRaw = async (databaseUrl: string, click: string) => {
  const program = path.join(projectRoot(), 'test/bench/rawClicks.ts')
  const server = spawn(process.execPath, ['--import', 'tsx', program], {
    cwd: projectRoot(),
    env: { ...inheritedEnv(), DATABASE_URL: databaseUrl, RAW_CLICK: click, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [{ url }] = (await once(server, 'message')) as [{ url: string }]
  return {
    url,
    stop: async () => {
      const ended = once(server, 'exit')
      server.disconnect()
      await ended
    },
  }
}
