import { provideEnv } from '../../src/config/env.ts'
import { startTestServer } from '../support/startTestServer.ts'
import { proofs } from './index.ts'

/**
 * The child of `runProof.ts`: runs one proof on one PostgreSQL and sends the findings to the
 * parent.
 */
const [name, binDir, isQuick, seed] = process.argv.slice(2)
const proof = proofs.find((known) => known.name === name)
if (!proof) throw new Error(`There is no proof "${name ?? ''}".`)

provideEnv({ TRIBUTARY_MODE: 'test', LOG_LEVEL: 'silent', DISABLE_PAYLOAD_HMR: 'true' })
// Exits with the parent: without it no one reads the findings. Its own children then exit too.
process.on('disconnect', () => process.exit(1))
const postgres = await startTestServer(binDir ? { binDir } : {})
try {
  const findings = await proof.run({
    postgres,
    isQuick: isQuick === 'true',
    seed: Number(seed),
    say: (line) => {
      console.log(`  ${line}`)
    },
  })
  await new Promise((resolve) => process.send?.(findings, resolve))
} finally {
  await postgres.stop()
}
process.exit()
