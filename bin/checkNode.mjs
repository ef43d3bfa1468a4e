// Plain and old syntax: this must run on any version of Node, to report a wrong one.
import fs from 'node:fs'

const found = process.versions.node.split('.').map(Number)
const { engines } = JSON.parse(fs.readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

const isOldEnough20 = found[0] === 20 && (found[1] > 19 || (found[1] === 19 && found[2] >= 5))
const isNewer = found[0] > 22 || (found[0] === 22 && found[1] >= 12)
if (!isOldEnough20 && !isNewer) {
  console.error(`Tributary needs Node ${engines.node}; this is ${process.versions.node}.`)
  process.exit(1)
}
