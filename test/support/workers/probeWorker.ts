import { JOB_KINDS } from '../../../src/platform/jobs/defineJob.ts'
import { waitForStop } from '../../../src/cli/waitForStop.ts'
import { startWorker } from '../../../src/server/worker.ts'
import { leaveSign } from './leaveSign.ts'

/** The product's worker and one more job, by which a proof sees that no run is lost. */
const worker = await startWorker(JOB_KINDS, [leaveSign])
process.send?.('ready')
await waitForStop()
await worker.close()
process.exit()
