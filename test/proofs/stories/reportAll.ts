import type { Story } from '../../support/ingestOrders.ts'
import { control } from '../control.ts'
import { inLanes } from '../inLanes.ts'
import { seededRandom } from '../seededRandom.ts'
import { requestJson } from './requestJson.ts'
import { NETWORKS } from './networkSettings.ts'
import { openPolls, type Trouble } from './openPolls.ts'
import { openStoryRun, type StoryRun } from './storyRun.ts'
import { openPostbacks } from './openPostbacks.ts'
import { runJob } from './runJob.ts'
import type { Testbed } from './startTestbed.ts'

const LANES = 4
const DAY_MS = 86_400_000
/** An hour after the changes of the day, so that polls report them. */
const HOUR_MS = 3_600_000

export type Scenario = {
  name: string
  stories: Story[]
  startAt: Date
  seed: number
  /**
   * True: each day has two polls and then the approval. False: random steps, until the last day.
   */
  isRegular: boolean
}

export type Reported = { runs: StoryRun[]; polls: number; postbacks: number; trouble: Trouble }

/**
 * Reports all stories at all networks side by side. The clock advances from day to day, the worker
 * polls and approves, and networks have faults now and then. Returns the story runs and counts.
 */
export const reportAll = async (testbed: Testbed, scenario: Scenario): Promise<Reported> => {
  const { name, seed, startAt, stories } = scenario
  await control(testbed.simulator.url, '/clock', { now: startAt.toISOString(), isTicking: true })
  const planned = NETWORKS.flatMap((network) => stories.map((story) => ({ network, story })))
  const runs = await inLanes(planned, LANES, (run) =>
    openStoryRun(testbed, { ...run, scenario: name, startAt }),
  )
  const random = seededRandom(seed)
  const sendPostbacks = await openPostbacks(testbed)
  const { poll, trouble } = await openPolls(testbed, seededRandom(seed ^ FAULTS))
  let [polls, postbacks] = [0, 0]
  const days = daysOf(stories)
  for (const [index, day] of days.entries()) {
    const now = new Date(startAt.getTime() + day * DAY_MS + HOUR_MS)
    await control(testbed.simulator.url, '/clock', { now: now.toISOString(), isTicking: true })
    const isLast = index === days.length - 1
    for (const step of scenario.isRegular ? REGULAR : randomSteps(random, isLast)) {
      const sending = runs.filter(({ story }) =>
        scenario.isRegular ? story.deliver : random() < 0.3,
      )
      for (const run of sending) postbacks += await sendPostbacks(run, day, random)
      if (step === POLL) await poll(now)
      else await runJob(testbed, step, now)
      if (step === POLL) polls += 1
    }
  }
  await Promise.all(runs.map((run) => adjust(testbed, run)))
  return { runs, polls, postbacks, trouble }
}

/** Faults have their own random numbers, so that the reported orders do not depend on them. */
const FAULTS = 0x5eed
const POLL = 'sync-networks'
const APPROVE = 'approve-cashback'
const REGULAR = [POLL, POLL, APPROVE]

/** Up to three polls and approvals in random order. A day may have none, as if no job had run. */
const randomSteps = (random: () => number, isLast: boolean): string[] => {
  const count = Math.floor(random() * 4)
  const steps = Array.from({ length: count }, () => (random() < 0.6 ? POLL : APPROVE))
  return isLast ? [...steps, POLL, APPROVE] : steps
}

const daysOf = (stories: Story[]): number[] => {
  const reported = stories.flatMap(({ orders }) =>
    orders.flatMap(({ timeline }) => timeline.map(({ day }) => day)),
  )
  // On day 31 the thirty days of the automatic approval are over.
  return [...new Set([...reported, 31])].sort((one, other) => one - other)
}

/** Posts the adjustments of a story as finance. */
const adjust = async (
  { finance, product }: Testbed,
  { person, story }: StoryRun,
): Promise<void> => {
  for (const { amountMinor, currency, reason } of story.adjust ?? []) {
    const effect = amountMinor < 0 ? 'debit' : 'credit'
    await requestJson(`${product.web.baseUrl}/api/adjustments`, {
      authorization: finance,
      body: { member: person.id, effect, amountMinor: Math.abs(amountMinor), currency, reason },
    })
  }
}
