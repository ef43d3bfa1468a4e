import type { JobState } from '../../../src/operations/jobStates.ts'
import { describeLastRun } from './describeLastRun.ts'

it.each([
  [{ status: 'completed', report: { released: 1_204, stuck: [] } }, '1,204 released'],
  [{ status: 'completed', report: { released: 0 } }, 'Nothing to do'],
  [{ status: 'failed', error: 'no such host' }, 'Failed: no such host'],
  [{ status: 'never-run' }, 'Never run'],
])('the last run of a job with %j is described as: %s', (job, text) => {
  expect(describeLastRun(job as unknown as JobState)).toBe(text)
})
