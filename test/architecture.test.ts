import fs from 'node:fs'
import path from 'node:path'

import { projectRoot } from '../src/platform/projectRoot.ts'

type Step = { file: string; via: string[] }

/** Files that a flow may have, by its heading in docs/architecture.md. */
const LIMITS = {
  'A payment to the wallet': 12,
  'A network page to a credit': 15,
  'A withdrawal to the bank': 14,
  'An outbox row to the provider': 10,
}
const STEP = /^\d+\. `([^`]+)`(?: via (`[^`]+`(?: and `[^`]+`)*))?: \S/

const read = (file: string): string => fs.readFileSync(path.join(projectRoot(), file), 'utf8')
const exists = (file: string): boolean => fs.existsSync(path.join(projectRoot(), file))

const document = read('docs/architecture.md')

/** The numbered lines below a heading. */
const linesOf = (heading: string): string[] => {
  const [, section = ''] = document.split(`\n### ${heading}\n`)
  const [body = ''] = section.split(/\n#{2,3} /)
  return body.split('\n').filter((line) => /^\d+\./.test(line))
}

const stepsOf = (heading: string): Step[] =>
  linesOf(heading).flatMap((line) => {
    const [, file, via = ''] = STEP.exec(line) ?? []
    return file ? [{ file, via: [...via.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name) }] : []
  })

/** The files of ours that a source imports. */
const importsOf = (file: string): string[] =>
  [...read(file).matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, target = '']) =>
    path.posix.join(path.posix.dirname(file), target),
  )

/** An SQL file is named after its function. */
const uses = (file: string, other: string): boolean =>
  other.endsWith('.sql')
    ? new RegExp(`\\b${path.posix.basename(other, '.sql')}\\(`).test(read(file))
    : importsOf(file).includes(other)

/** Each step of `via` leads to the next. The first one is reached like a part of the product. */
const isReached = ({ file, via }: Step, earlier: string[]): boolean => {
  const chain = [...via, file]
  const from = via.length > 0 ? [...earlier, 'payload.config.ts'] : earlier
  return chain.every((part, at) => {
    const before = chain[at - 1]
    return before ? uses(before, part) : from.some((one) => uses(one, part))
  })
}

describe.each(Object.entries(LIMITS))('the flow "%s" of docs/architecture.md', (heading, limit) => {
  const steps = stepsOf(heading)
  const files = steps.map(({ file }) => file)

  it(`has 2 to ${limit} files, numbered in order and each of them once`, () => {
    const lines = linesOf(heading)
    expect(files).toHaveLength(lines.length)
    expect(lines.map((line) => Number.parseInt(line, 10))).toEqual(files.map((_, at) => at + 1))
    expect(files.length).toBeGreaterThan(1)
    expect(files.length).toBeLessThanOrEqual(limit)
    expect(new Set(files).size).toBe(files.length)
  })

  it('names files that exist', () => {
    const named = steps.flatMap(({ file, via }) => [...via, file])
    expect(named.filter((file) => !exists(file))).toEqual([])
  })

  it('names each file after one that imports or calls it', () => {
    const unreached = steps.filter((step, at) => at > 0 && !isReached(step, files.slice(0, at)))
    expect(unreached).toEqual([])
  })
})

it('docs/architecture.md has no other flow', () => {
  const [, section = ''] = document.split('\n## Four flows\n')
  const [flows = ''] = section.split('\n## ')
  const headings = [...flows.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading)
  expect(headings).toEqual(Object.keys(LIMITS))
})
