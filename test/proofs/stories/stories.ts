import { verifyWallets } from '../../../src/ledger/verification/verifyWallets.ts'
import type { Story } from '../../support/ingestOrders.ts'
import { pickSome } from '../pickSome.ts'
import type { Finding, Proof } from '../types.ts'
import { proveFaults } from './proveFaults.ts'
import { FIRST_DAY, loadStories } from './storyRun.ts'
import { type Testbed, startTestbed } from './startTestbed.ts'
import { reportAll } from './reportAll.ts'
import { formatTrouble } from './formatTrouble.ts'
import { findWrongEvents, findWrongWallets } from './findWrong.ts'

const DAY_MS = 86_400_000
/** The share of the stories and of the faults in the quick form. The seed chooses which. */
const QUICK_SHARE = 1 / 8

/** Reports every story of the fixtures at every polled network, over HTTP, to the built product. */
export const stories: Proof = {
  name: 'stories',
  claim: 'each wallet ends with the balance of its story, however networks report it',
  isOnEmbeddedOnly: true,
  run: async ({ isQuick, postgres, say, seed }) => {
    const share = isQuick ? QUICK_SHARE : 1
    const testbed = await startTestbed(postgres, { timeoutMs: 2_000 })
    try {
      const { payload } = testbed.product
      await payload.updateGlobal({
        slug: 'cashback-config',
        data: { autoApprove: 'by-age-with-cap', ageCapMinor: null },
      })
      return [
        ...(await proveRegularPolls(testbed, { stories: pickStories(share, seed), seed, say })),
        ...(await proveFaults(testbed, { times: isQuick ? [1] : [1, 6], share, seed, say })),
        ...(await proveRandomPolls(testbed, { count: isQuick ? 0 : 3, seed }, say)),
        await verifyBooks(testbed),
      ]
    } finally {
      await testbed.stop()
    }
  },
}

/** Picks a share of the stories with postbacks, and a share of the others. */
const pickStories = (share: number, seed: number): Story[] => {
  const all = loadStories()
  const [delivered, others] = [
    all.filter(({ deliver }) => deliver),
    all.filter(({ deliver }) => !deliver),
  ]
  return [...pickSome(delivered, share, seed), ...pickSome(others, share, seed)]
}

type Say = (line: string) => void

const proveRegularPolls = async (
  testbed: Testbed,
  { say, seed, stories }: { stories: Story[]; seed: number; say: Say },
): Promise<Finding[]> => {
  const started = Date.now()
  const scenario = { name: 'a', stories, startAt: FIRST_DAY, seed, isRegular: true }
  const { runs, polls, postbacks, trouble } = await reportAll(testbed, scenario)
  say(
    `${runs.length} stories, ${polls} polls, ${postbacks} postbacks in ${Math.round((Date.now() - started) / 1000)} s; ${formatTrouble(trouble)}`,
  )
  const wallets = await findWrongWallets(testbed, runs)
  const events = await findWrongEvents(testbed, runs)
  return [
    {
      guarantee: 'each story ends with its balance at each network',
      holds: wallets.length === 0,
      seen: `${runs.length} stories, seed ${seed}; wrong: ${wallets.join('; ') || 'none'}`,
    },
    {
      guarantee: 'the cashback of each order ends with its status',
      holds: events.length === 0,
      seen: events.join('; ') || 'all match',
    },
    {
      guarantee:
        'networks have faults during the stories, and polls are repeated until each network is read to its end',
      holds: trouble.met.size > 0,
      seen: `${polls} polls; ${formatTrouble(trouble)}`,
    },
  ]
}

/**
 * Runs scenarios with random polls one after the other. Each starts 130 days after the one before.
 */
const proveRandomPolls = async (
  testbed: Testbed,
  { count, seed }: { count: number; seed: number },
  say: Say,
): Promise<Finding[]> => {
  const findings: Finding[] = []
  for (let index = 1; index <= count; index += 1) {
    const startAt = new Date(FIRST_DAY.getTime() + index * 130 * DAY_MS)
    const scenario = { name: `r${index}`, stories: loadStories(), startAt, seed: seed + index }
    const reported = await reportAll(testbed, { ...scenario, isRegular: false })
    const { runs, polls, postbacks, trouble } = reported
    const summary = `${runs.length} stories, ${polls} polls, ${postbacks} postbacks; ${formatTrouble(trouble)}`
    say(`${summary}; at random, seed ${scenario.seed}`)
    const wrong = await findWrongWallets(testbed, runs)
    findings.push({
      guarantee: `with random polls (seed ${scenario.seed}) each story ends with its balance`,
      holds: wrong.length === 0,
      seen: `${summary}; wrong: ${wrong.join('; ') || 'none'}`,
    })
  }
  return findings
}

const verifyBooks = async ({ product }: Testbed): Promise<Finding> => {
  const { problems, transfers, wallets } = await verifyWallets(product.payload)
  return {
    guarantee: 'the books add up afterwards',
    holds: problems.length === 0 && transfers > 0,
    seen: `${wallets} wallets, ${transfers} transfers, ${problems.length} problems`,
  }
}
