import { control } from '../control.ts'
import { type Fault, listFaults } from './listFaults.ts'
import { pollOnce, pollThrough } from './pollThrough.ts'
import { clearFaults, setFault, countFaultHits } from './setFault.ts'
import type { Testbed } from './startTestbed.ts'

/** The faults that were set during polls, and how many polls were repeated. */
export type Trouble = {
  /** How many faults were set. */
  set: number
  /** By kind: how many faults met at least one request. */
  met: Map<string, number>
  /** How many polls were repeated. */
  repeated: number
}

const FAULTY_SHARE = 0.6

/**
 * Returns a function that polls all networks. Before a random 60 % of the polls one network gets
 * one fault, which one or two requests meet. If a network was not read to its end, all are polled
 * again, as the schedule does.
 */
export const openPolls = async (testbed: Testbed, random: () => number) => {
  const faults = (await listFaults(testbed, [1, 2])).flat()
  const trouble: Trouble = { set: 0, met: new Map(), repeated: 0 }
  const poll = async (since: Date): Promise<void> => {
    const fault = random() < FAULTY_SHARE ? faults[Math.floor(random() * faults.length)] : undefined
    const isThrough = await (fault
      ? pollUnderFault(testbed, { fault, since, trouble })
      : pollOnce(testbed, since))
    if (!isThrough) trouble.repeated += await pollThrough(testbed, since)
  }
  return { poll, trouble }
}

type FaultyPoll = { fault: Fault; since: Date; trouble: Trouble }

const pollUnderFault = async (
  testbed: Testbed,
  { fault, since, trouble }: FaultyPoll,
): Promise<boolean> => {
  const { now } = await control<{ now: string }>(testbed.simulator.url, '/clock')
  await setFault(testbed, fault)
  const isThrough = await pollOnce(testbed, since)
  await clearFaults(testbed, [fault])
  trouble.set += 1
  if ((await countFaultHits(testbed, { ...fault, since: new Date(now) })) > 0) {
    trouble.met.set(fault.fault, (trouble.met.get(fault.fault) ?? 0) + 1)
  }
  return isThrough
}
