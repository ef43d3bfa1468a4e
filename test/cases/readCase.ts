import fs from 'node:fs'
import path from 'node:path'

import { projectRoot } from '../../src/platform/projectRoot.ts'

const DIRECTORY = path.join(projectRoot(), 'test/cases')

/** The names of all cases, in order. */
export const listCases = (): string[] =>
  fs
    .readdirSync(DIRECTORY, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()

/** A case: its right result, and its inputs as they are in its directory. */
export type Case<Expected> = {
  expected: Expected
  text: (file: string) => string
  json: (file: string) => unknown
}

/** Opens the case with this name. Its `README` states the situation. */
export const readCase = <Expected = Record<string, string>>(name: string): Case<Expected> => {
  const text = (file: string) => fs.readFileSync(path.join(DIRECTORY, name, file), 'utf8')
  const json = (file: string): unknown => JSON.parse(text(file))
  const { expected } = json('expected.json') as { expected: Expected }
  return { text, json, expected }
}
