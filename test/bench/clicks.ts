import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

import { inheritedEnv } from '../../src/config/env.ts'
import { projectRoot } from '../../src/platform/projectRoot.ts'
import { aShop } from '../support/aShop.ts'
import { aUser, signIn } from '../support/factories.ts'
import { atPace } from './atPace.ts'
import { byTurns, type Figure, perSecond } from './measure.ts'
import { openLanes } from './openLanes.ts'
import type { World } from './world.ts'

const BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0'
const LANES = 32

type Go = (index: number, lane: number) => Promise<unknown>

/** Signed-in members on their way to ten shops, through the web process. */
export const clickOuts = async (world: World): Promise<Figure[]> => {
  const { payload, query, web } = world.product
  const shops = await many(10, () => aShop(payload))
  const cookies = await many(20, async () => (await signIn(payload, await aUser(payload))).slice(4))
  const [{ merchant, network } = await aShop(payload)] = shops
  const raw = await startRaw(
    web.databaseUrl,
    `${world.payers[0] ?? ''} ${merchant.id} ${network.id}`,
  )
  const wayOf = (index: number) => `/out/${shops[index % shops.length]?.merchant.slug ?? ''}`
  const headers = (index: number) =>
    `User-Agent: ${BROWSER}\r\nCookie: payload-token=${cookies[index % cookies.length] ?? ''}\r\n`
  let sent = 0
  const measure = (url: string, run: (go: Go) => Promise<number>) => async () => {
    const lanes = await openLanes(url, LANES) // anew: idle ones are closed by their server
    const figure = await run(async (index, lane) => {
      const status = await lanes[lane]?.get(wayOf(index), headers(index))
      if (status !== 302) throw new Error(`A click was answered ${status ?? 'by nobody'}.`)
      sent += 1
    })
    for (const lane of lanes) lane.close()
    return figure
  }
  const both = (run: (go: Go) => Promise<number>) =>
    byTurns(measure(web.baseUrl, run), measure(raw.url, run))
  try {
    const warm = (go: Go) => perSecond(2_000, LANES, go)
    await measure(web.baseUrl, warm)() // prepared and compiled before anything is measured
    await measure(raw.url, warm)()
    const count = world.isQuick ? 2_000 : 15_000
    const rate = await both((go) => perSecond(count, LANES, go))
    const pace = { count: world.isQuick ? 2_000 : 10_000, perSecond: 1_000, width: LANES }
    const p99 = await both((go) => atPace(pace, go))
    const [kept] = await query<{ count: number }>('select count(*)::int as count from clicks')
    if (kept?.count !== sent) throw new Error(`${sent} were sent on, ${kept?.count ?? 0} kept.`)
    return [throughput(rate), latency(p99)]
  } finally {
    await raw.stop()
  }
}

const throughput = ({ ours, raw }: { ours: number; raw: number }): Figure => ({
  name: 'click-out of signed-in members, c = 32 (raw: Express and one insert, nothing checked)',
  unit: 'clicks/s',
  ours,
  raw,
  goal: '≥ 2,500/s',
  isMet: ours >= 2_500,
})

const latency = ({ ours, raw }: { ours: number; raw: number }): Figure => ({
  name: 'click-out at 1,000/s, p99 from when it was due (raw: the same)',
  unit: 'ms',
  ours: Math.round(ours * 10) / 10,
  raw: Math.round(raw * 10) / 10,
  goal: '≤ 20 ms',
  isMet: ours <= 20,
})

/** One by one: each takes a connection of the pool for a while. */
const many = async <Made>(count: number, make: () => Promise<Made>): Promise<Made[]> => {
  const made: Made[] = []
  while (made.length < count) made.push(await make())
  return made
}

/** It ends with us, too. */
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
