import fs from 'node:fs'
import path from 'node:path'

import { projectRoot } from '../../../src/platform/projectRoot.ts'
import type { Story } from '../../support/ingestOrders.ts'
import { control } from '../control.ts'
import { requestClick, createPerson, type Person } from './createPerson.ts'
import type { NetworkName } from './networkSettings.ts'
import type { Testbed } from './startTestbed.ts'

/** One story at one network, with its member. */
export type StoryRun = {
  story: Story
  network: NetworkName
  person: Person
  /** The prefix of the names of its orders. */
  prefix: string
}

/** Reads the stories of the fixtures. */
export const loadStories = (): Story[] => {
  const file = path.join(projectRoot(), 'src/cashback/ingestion/fixtures/stories.json')
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as { stories: Story[] }).stories
}

type Options = { story: Story; network: NetworkName; scenario: string; startAt: Date }

/** Starts a story: creates its member and clicks, and sends its orders to the simulated network. */
export const openStoryRun = async (testbed: Testbed, options: Options): Promise<StoryRun> => {
  const { scenario, network, startAt, story } = options
  const ageCapMinor = story.settings?.capMinor ?? null
  const person = await createPerson(testbed, { network, ageCapMinor })
  const prefix = `${scenario}-${story.id}-${network}-`
  const clicks = new Map<string, string>()
  for (const { click } of story.orders) {
    if (click && !clicks.has(click)) clicks.set(click, await requestClick(testbed, person))
  }
  const orders = story.orders.map(({ click, order, timeline }) => ({
    order: prefix + order,
    network,
    clickId: click ? (clicks.get(click) ?? null) : null,
    timeline: timeline.map(({ eventAt, reversalOf, ...step }) => ({
      ...step,
      ...(reversalOf ? { reversalOf: prefix + reversalOf } : {}),
      ...(eventAt ? { eventAt: shifted(eventAt, startAt) } : {}),
    })),
  }))
  await control(testbed.simulator.url, '/orders', { startAt: startAt.toISOString(), orders })
  return { story, network, person, prefix }
}

/**
 * The first instant of the stories: some minutes after the fixtures' transaction with a fixed
 * instant.
 */
export const FIRST_DAY = new Date('2026-10-31T18:20:00Z')

const shifted = (eventAt: string, startAt: Date): string =>
  new Date(Date.parse(eventAt) + startAt.getTime() - FIRST_DAY.getTime()).toISOString()
