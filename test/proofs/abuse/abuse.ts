import { setTimeout as wait } from 'node:timers/promises'

import { createNetwork } from '../../support/cashbackFactories.ts'
import { type Testbed, startTestbed } from '../stories/startTestbed.ts'
import type { Finding, Proof } from '../types.ts'
import { attacks } from './attacks.ts'
import { HALVES, holdConnections } from './holdConnections.ts'
import { listWrongRuns, readHostileNetworks } from './readHostileNetworks.ts'
import { sendRaw } from './sendRaw.ts'
import { type Probe, readPeakMb, type Slowest, startProbe } from './startProbe.ts'
import { staffFiles } from './staffFiles.ts'

const MAX_MS = 1_000
const MAX_MB = 700

/**
 * Attacks the built product as anybody can: bodies, texts and connections that would block a web
 * process or fill its memory, and networks that would end a worker.
 */
export const abuse: Proof = {
  name: 'abuse',
  claim: `no request blocks the web process for ${MAX_MS} ms or takes ${MAX_MB} MB, and no network ends a worker`,
  isOnEmbeddedOnly: true,
  run: async ({ isQuick, postgres, say }) => {
    const testbed = await startTestbed(postgres)
    const probe = startProbe(testbed.product.web.baseUrl)
    try {
      const state: State = { testbed, probe, say, slowest: [], unexpected: [] }
      await warmUp(state)
      await attackAll(state, isQuick ? 1 : 3)
      const held = await holdAll(state, isQuick ? 400 : 1_500)
      const anonymous = await describeWeb(state, isQuick, 'requests of strangers')
      await sendFiles(state)
      const ofStaff = await describeWeb(state, isQuick, 'files of staff')
      return [...anonymous, held, ...ofStaff, ...(await describeWorker(state))]
    } finally {
      await probe.stop()
      await testbed.stop()
    }
  },
}

type State = {
  testbed: Testbed
  probe: Probe
  say: (line: string) => void
  /** The slowest probe during each attack. */
  slowest: (Slowest & { name: string })[]
  /** Answers with another status than expected. */
  unexpected: string[]
}

/** Loads what the first request of each kind loads, before anything is measured. */
const warmUp = async ({ probe, testbed }: State): Promise<void> => {
  const { baseUrl } = testbed.product.web
  await fetch(`${baseUrl}/admin/login`).then((response) => response.text())
  await sendRaw(baseUrl, { path: '/api/graphql', body: '{"query":"{ __typename }"}' })
  await sendRaw(baseUrl, { path: '/api/users', body: '{}' })
  await probe.takeSlowest()
}

const note = async ({ probe, say, slowest }: State, name: string): Promise<void> => {
  const seen = await probe.takeSlowest()
  slowest.push({ ...seen, name })
  say(`${name}: ${seen.ms} ms`)
}

const attackAll = async (state: State, rounds: number): Promise<void> => {
  const { baseUrl } = state.testbed.product.web
  for (let round = 0; round < rounds; round += 1) {
    for (const { expected, name, run } of attacks) {
      const statuses = await run(baseUrl)
      const wrong = statuses.filter((status) => !expected.includes(status))
      if (wrong.length > 0) state.unexpected.push(`${name}: ${wrong.join(', ')}`)
      await note(state, name)
    }
  }
}

/** Holds half-open connections while an ordinary client registers. */
const holdAll = async (state: State, count: number): Promise<Finding> => {
  const { baseUrl } = state.testbed.product.web
  const refused: string[] = []
  for (const [what, sends] of Object.entries(HALVES)) {
    const held = await holdConnections(baseUrl, { count, sends })
    await wait(2_000)
    const email = `${what.replaceAll(' ', '-')}@abuse.test`
    const status = await sendRaw(baseUrl, {
      path: '/api/users',
      body: JSON.stringify({ email, password: 'long-enough-1', name: 'Asha' }),
    })
    if (status !== '201') refused.push(`${what}: ${status}`)
    await note(state, `${held.open()} of ${count} connections with ${what}`)
    held.end()
  }
  return {
    guarantee: `a member registers while ${count} connections are half open`,
    holds: refused.length === 0,
    seen: refused.join('; ') || `${Object.keys(HALVES).length} kinds of connections`,
  }
}

/** Sends the files of staff that few bytes make expensive. */
const sendFiles = async (state: State): Promise<void> => {
  const { finance, product } = state.testbed
  state.slowest = []
  state.unexpected = []
  const network = await createNetwork(product.payload, {
    adapter: 'csv',
    settings: staffFiles.settings,
  })
  for (const { content, name } of staffFiles.files()) {
    for (const query of ['?dryRun=true', '']) {
      const status = await sendRaw(product.web.baseUrl, {
        path: `/api/networks/${network.id}/import${query}`,
        headers: { Authorization: finance, 'Content-Type': 'text/csv' },
        body: content,
      })
      if (!/^[24]/.test(status)) state.unexpected.push(`${name}: ${status}`)
      await note(state, name)
    }
  }
}

const describeWeb = async (state: State, isQuick: boolean, what: string): Promise<Finding[]> => {
  const { slowest, testbed, unexpected } = state
  const { process: web } = testbed.product.web
  const worst = slowest.reduce((most, one) => (one.ms > most.ms ? one : most))
  const failures = slowest.reduce((sum, one) => sum + one.failures, 0)
  const isAlive = web.exitCode === null && web.signalCode === null
  const peakMb = isAlive ? await readPeakMb(web.pid) : Number.NaN
  return [
    {
      guarantee: `${what} have the answers that they should`,
      holds: unexpected.length === 0,
      seen: unexpected.join('; ') || 'every one',
    },
    {
      // Quick forms share their machine, so they assert no times.
      guarantee: `/health/live answers within ${MAX_MS} ms during ${what}`,
      holds: failures === 0 && (isQuick || worst.ms <= MAX_MS),
      seen: `${worst.ms} ms at the slowest (${worst.name}), ${failures} failures`,
    },
    {
      guarantee: `the web process stays below ${MAX_MB} MB during ${what}, and is not restarted`,
      holds: peakMb < MAX_MB,
      seen: isAlive ? `${peakMb} MB at the most` : 'it ended',
    },
  ]
}

const describeWorker = async ({ say, testbed }: State): Promise<Finding[]> => {
  const runs = await readHostileNetworks(testbed)
  for (const { ends, fault, hostile } of runs)
    say(`${fault} at ${hostile.join(', ')}: ${JSON.stringify(ends)}`)
  const wrong = listWrongRuns(runs)
  const { exitCode, pid, signalCode } = testbed.workerProcess()
  const isAlive = exitCode === null && signalCode === null
  return [
    {
      guarantee: 'a network that fills memory fails with its code, and the others are read',
      holds: wrong.length === 0,
      seen: wrong.join('; ') || `${runs.length} runs of all networks`,
    },
    {
      guarantee: 'the worker survives every hostile network',
      holds: isAlive,
      seen: isAlive ? `${await readPeakMb(pid)} MB at the most` : 'it ended',
    },
  ]
}
