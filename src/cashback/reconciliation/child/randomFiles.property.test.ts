import { fork } from 'node:child_process'

import fc from 'fast-check'

import { bundleChild } from '../../../../bin/bundle.mjs'
import { buildWorkbook } from '../../../../test/support/buildWorkbook.ts'
import type { FileOutcome } from '../../../../test/support/readFilesChild.ts'
import type { CsvMapping } from '../../networks/csv/csvMapping.ts'
import { CHILD_LIMITS, nodeFlags } from './readFileInChild.ts'

const MB = 1024 * 1024
const RUNS = 300
const mapping: CsvMapping = {
  columns: { externalId: 'Id', status: 'State', commission: 'Commission', eventAt: 'Date' },
  statuses: { open: 'pending' },
  currency: 'INR',
  delimiter: ',',
  decimalSign: '.',
  dateOrder: 'ymd',
  utcOffset: '+00:00',
}

/** Pieces that mean something to a reader of CSV or of a workbook. */
const PIECES = [
  ...[
    'Id,State,Commission,Date\n',
    'T1,open,1.50,2026-01-05\n',
    ',',
    '"',
    '""',
    '\n',
    '\r\n',
    '\r',
  ],
  ...['sep=;\n', ';', '\t', '="1"', '\u0000', '\ufeff', 'é', '₹', ' ', 'x', '1e9', '-'],
  ...[
    '<row>',
    '</row>',
    '<c r="A1" t="s">',
    '</c>',
    '<v>0</v>',
    '<f>1</f>',
    '<si>',
    '<t>',
    '&amp;',
  ],
  ...['<c r="ZZ9">', '<row r="9">', '<!--', '-->', '<![CDATA[', ']]>', '<is><t>a</t></is>'],
]
const piece = fc.constantFrom(...PIECES)
/** Most are small, for many of them to be read; some have the size of the largest file. */
const size = fc.oneof(
  { weight: 40, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(2 * MB, 10 * MB) },
)
/** A few pieces, repeated until the text has its size. */
const text = fc
  .tuple(fc.array(piece, { minLength: 1, maxLength: 12 }), fc.array(piece), size)
  .map(([repeated, ending, length]) => {
    const unit = repeated.join('')
    return unit.repeat(Math.ceil(length / unit.length)).slice(0, length) + ending.join('')
  })
const header = fc.constantFrom('', 'Id,State,Commission,Date\n')
const encoding = fc.constantFrom('utf8', 'utf16le', 'latin1')
const csv = fc
  .tuple(header, text, encoding)
  .map(([first, rest, code]) => Buffer.from(first + rest, code as BufferEncoding))
const workbook = fc
  .tuple(text, text)
  .map(([rows, texts]) => buildWorkbook({ sheets: [{ rows }], texts }))
/** A sound workbook in which some bytes are changed. */
const damaged = fc
  .tuple(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }))
  .map(([changes]) => {
    const rows = '<row><c t="inlineStr"><is><t>Id</t></is></c></row>'.repeat(200)
    const bytes = buildWorkbook({ sheets: [{ rows }], texts: '<si><t>a</t></si>' })
    for (const [at, value] of changes) bytes[at % bytes.length] = value
    return bytes
  })
const noise = fc.uint8Array({ maxLength: 4_096 })
const file = fc.oneof(
  { weight: 5, arbitrary: csv },
  { weight: 3, arbitrary: workbook },
  { weight: 2, arbitrary: damaged },
  { weight: 1, arbitrary: noise },
)

/** A child process with the limits of the product's. One that has no memory left fails the test. */
const startChild = async () => {
  const program = await bundleChild('test/support/readFilesChild.ts')
  const child = fork(program, [JSON.stringify(mapping)], {
    execArgv: nodeFlags(),
    serialization: 'advanced',
  })
  const read = (bytes: Uint8Array): Promise<FileOutcome> =>
    new Promise((resolve, reject) => {
      const fail = (code: number | null, signal: string | null) => {
        reject(new Error(`The child process ended with ${code ?? signal}.`))
      }
      child.once('exit', fail)
      child.once('message', (outcome: FileOutcome) => {
        child.off('exit', fail)
        resolve(outcome)
      })
      child.send(bytes)
    })
  return { read, stop: () => child.kill('SIGKILL') }
}

it(`${RUNS} random files are read or refused, and none takes more than ${CHILD_LIMITS.residentMb} MB`, async () => {
  const child = await startChild()
  const outcomes = new Map<string, number>()
  try {
    await fc.assert(
      fc.asyncProperty(file, async (bytes) => {
        const { outcome, peakMb } = await child.read(new Uint8Array(bytes.subarray(0, 10 * MB)))
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
        expect(peakMb).toBeLessThan(CHILD_LIMITS.residentMb)
      }),
      { numRuns: RUNS, endOnFailure: true },
    )
  } finally {
    child.stop()
  }
  // The files reach different parts of the reader.
  expect(outcomes.size).toBeGreaterThan(5)
}, 600_000)
