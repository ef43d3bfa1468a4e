import fs from 'node:fs'

import { listCases } from './readCase.ts'

const TESTS = [
  'transactionFiles.int.test.ts',
  'reversalsAndStatements.int.test.ts',
  'networks.int.test.ts',
  'payments.int.test.ts',
  'webhooks.int.test.ts',
]

it('each of the 21 cases has a test', () => {
  const sources = TESTS.map((file) => fs.readFileSync(new URL(file, import.meta.url), 'utf8')).join(
    '\n',
  )
  const cases = listCases()
  expect(cases).toHaveLength(21)
  expect(cases.filter((name) => !sources.includes(`'${name}'`))).toEqual([])
})
