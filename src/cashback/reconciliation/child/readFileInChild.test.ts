import { type ChildProcess, spawn } from 'node:child_process'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import fs from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { projectRoot } from '../../../platform/projectRoot.ts'
import { buildWorkbook } from '../../../../test/support/buildWorkbook.ts'
import { FILE_LIMITS } from '../../../files/limits.ts'
import type { CsvMapping } from '../../networks/csv/csvMapping.ts'
import { readTransactionFile } from '../readTransactionFile.ts'
import { readPayoutInChild, readTransactionsInChild } from './readFileInChild.ts'
import type { ChildMessage } from './types.ts'

const MB = 1024 * 1024
const mapping: CsvMapping = {
  columns: { externalId: 'Id', status: 'State', commission: 'Commission', eventAt: 'Date' },
  statuses: { open: 'pending' },
  currency: 'INR',
  delimiter: ',',
  decimalSign: '.',
  dateOrder: 'ymd',
  utcOffset: '+00:00',
}
const HEADER = 'Id,State,Commission,Date\n'
const linesOf = (count: number) =>
  Array.from({ length: count }, (_, at) => `T${at},open,1.50,2026-01-05`).join('\n')
const read = (file: Buffer | string, options = {}) =>
  readTransactionsInChild({ bytes: new Uint8Array(Buffer.from(file)), mapping }, options)
const LARGEST = HEADER + linesOf(FILE_LIMITS.rows)
/** More than one page. */
const PAGES = HEADER + linesOf(2_500)
const payout = { currency: 'INR', mapping: {}, paidAt: '2026-01-05' }

describe('a file is refused as soon as it is more than a file may be', () => {
  const tenMb = (text: string) => text.repeat(Math.floor((10 * MB) / text.length))
  const wide = Array.from({ length: 201 }, (_, at) => `c${at}`).join(',')
  const FILES: [name: string, file: () => Buffer | string, code: string][] = [
    ['2.4 million short rows', () => HEADER + tenMb('a,b\n'), 'file.too-many-rows'],
    ['2.4 million short rows without a header', () => tenMb('1,2\n'), 'csv.missing-column'],
    ['one line of commas', () => tenMb(','), 'file.too-many-columns'],
    ['one row above the limit', () => HEADER + linesOf(FILE_LIMITS.rows + 1), 'file.too-many-rows'],
    ['201 columns', () => `${wide}\n`, 'file.too-many-columns'],
    ['one cell of 10 MB', () => HEADER + tenMb('x'), 'file.cell-too-long'],
    ['an open quote and 10 MB behind it', () => `${HEADER}"${tenMb('x\n')}`, 'file.cell-too-long'],
    ['a header of long names', () => `${'x'.repeat(30_000)},${HEADER}`, 'file.header-too-long'],
    ['10 MB of empty lines', () => tenMb('\n'), 'csv.empty'],
    ['10 MB of NUL', () => Buffer.alloc(10 * MB), 'csv.nul-byte'],
  ]

  it.each(FILES)('%s', async (_, file, code) => {
    await expect(read(file())).rejects.toMatchObject({ name: 'DomainError', code })
  })

  it.each(FILES.filter(([, , code]) => code.startsWith('file.too-many')))(
    'as a statement: %s',
    async (_, file) => {
      const bytes = new Uint8Array(Buffer.from(file()))
      await expect(readPayoutInChild({ bytes, options: payout })).rejects.toMatchObject({
        name: 'DomainError',
      })
    },
  )
})

it('of many unreadable lines the first are listed and all are counted', async () => {
  const found = await read(HEADER + 'T,open,much,2026-01-05\n'.repeat(2_000))
  expect(found).toMatchObject({ rows: 0, refused: 2_000 })
  expect(found.errors).toHaveLength(FILE_LIMITS.errors)
  expect(found.errors.at(-1)).toMatchObject({ line: FILE_LIMITS.errors + 1 })
})

it('the columns are listed with what they were taken for', async () => {
  const found = await read('Report\nId,State,Note,Commission,Date\nT,open,,1,2026-01-05\n')
  expect(found.columns).toEqual([
    { name: 'Id', field: 'externalId' },
    { name: 'State', field: 'status' },
    { name: 'Note', field: null },
    { name: 'Commission', field: 'commission' },
    { name: 'Date', field: 'eventAt' },
  ])
})

it('a workbook is read like the CSV of its rows', async () => {
  const cells = (number: number, ...texts: string[]) =>
    `<row r="${number}">${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`
  const rows =
    cells(2, 'Id', 'State', 'Commission', 'Date') + cells(5, 'T1', 'open', '12.50', '2026-01-05')
  const [workbook, csv] = [
    await read(buildWorkbook({ sheets: [{ name: 'Rows', rows }] })),
    await read(`\n${HEADER}\n\nT1,open,12.50,2026-01-05`),
  ]
  expect(workbook).toEqual({ ...csv, pages: expect.anything() as unknown, sheet: 'Rows' })
  expect(workbook.pages[0]?.rows).toEqual(csv.pages[0]?.rows)
  expect(workbook.pages[0]?.rows).toMatchObject([{ externalId: 'T1', raw: { line: 5 } }])
})

it('a file of as many rows as a file may have is read whole, and requests are answered meanwhile', async () => {
  const server = createServer((_, response) => response.end('up'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const state = { isReading: true, answered: 0 }
  const reading = read(LARGEST).finally(() => {
    state.isReading = false
  })
  while (state.isReading) {
    await (await fetch(url)).text()
    state.answered += 1
  }
  const found = await reading
  server.closeAllConnections()
  server.close()
  expect(found).toMatchObject({ rows: FILE_LIMITS.rows, refused: 0, sheet: null })
  expect(found.pages).toHaveLength(FILE_LIMITS.rows / 1_000)
  // Fewer than one for each page would mean that pages keep requests waiting.
  expect(state.answered).toBeGreaterThan(50)
})

describe('a child process', () => {
  let children: ChildProcess[] = []
  /** Called with each child process that reads a file, once it runs. */
  let onSpawn: (child: ChildProcess) => void = () => undefined
  const note = (message: unknown) => {
    const { process: child } = message as { process: ChildProcess }
    child.once('spawn', () => {
      // The bundler of the sources is one as well.
      if (!child.spawnargs.some((arg) => arg.endsWith('fileReader.cjs'))) return
      children.push(child)
      onSpawn(child)
    })
  }
  beforeEach(() => {
    children = []
    onSpawn = () => undefined
    subscribe('child_process', note)
  })
  afterEach(() => {
    unsubscribe('child_process', note)
  })
  /** How the child processes ended; null for one that still runs. */
  const ends = () => children.map(({ exitCode, signalCode }) => signalCode ?? exitCode)
  const onPage = (child: ChildProcess, act: () => void) => {
    child.on('message', ({ kind }: ChildMessage) => {
      if (kind === 'page') act()
    })
  }

  it('has ended when its file is read or refused', async () => {
    await read(HEADER + linesOf(1))
    expect(ends()).toEqual(['SIGKILL'])
    await expect(read('Id')).rejects.toMatchObject({ code: 'csv.missing-column' })
    expect(ends()).toEqual(['SIGKILL', 'SIGKILL'])
  })

  it('that takes too long is ended, and the next file is read', async () => {
    await expect(read(LARGEST, { timeoutMs: 1 })).rejects.toMatchObject({ code: 'file.too-slow' })
    expect(ends()).toEqual(['SIGKILL'])
    expect(await read(HEADER + linesOf(1))).toMatchObject({ rows: 1 })
  })

  it('that reaches the limit of its heap ends alone: the file is too large, and the next is read', async () => {
    const refused = { name: 'DomainError', code: 'file.too-large' }
    // A statement is held whole.
    const bytes = new Uint8Array(Buffer.from('id,amount\n' + 'T1,1.50\n'.repeat(FILE_LIMITS.rows)))
    const reading = readPayoutInChild({ bytes, options: payout }, { heapMb: 16 })
    await expect(reading).rejects.toMatchObject(refused)
    // V8 has ended the process, and it would have ended this one.
    expect(ends()).toEqual(['SIGABRT'])
    expect(await read(HEADER + linesOf(1))).toMatchObject({ rows: 1 })
  })

  it('that is killed between its pages gives a refusal, and the next file is read', async () => {
    onSpawn = (child) => {
      onPage(child, () => process.kill(child.pid ?? 0, 'SIGKILL'))
    }
    await expect(read(PAGES)).rejects.toMatchObject({
      name: 'DomainError',
      code: 'file.too-large',
      message: expect.stringContaining('was ended, most likely for its memory') as unknown,
    })
    onSpawn = () => undefined
    expect(await read(HEADER + linesOf(1))).toMatchObject({ rows: 1 })
  })

  it('is not started for a request that has ended', async () => {
    const reading = read(PAGES, { signal: AbortSignal.abort() })
    await expect(reading).rejects.toMatchObject({ code: 'request.stopped' })
    expect(ends()).toEqual([])
  })

  it('is ended with its request', async () => {
    const controller = new AbortController()
    onSpawn = (child) => {
      onPage(child, () => {
        controller.abort()
      })
    }
    const reading = read(PAGES, { signal: controller.signal })
    await expect(reading).rejects.toMatchObject({ code: 'request.stopped' })
    expect(ends()).toEqual(['SIGKILL'])
  })

  it.runIf(process.platform === 'linux')(
    'has a heap of its own, and neither the environment nor the streams of this process',
    async () => {
      const seen = { environment: '', streams: ['', '', ''] }
      onSpawn = ({ pid }) => {
        seen.environment = fs.readFileSync(`/proc/${pid}/environ`, 'utf8')
        seen.streams = [0, 1, 2].map((fd) => fs.readlinkSync(`/proc/${pid}/fd/${fd}`))
      }
      await read(HEADER + linesOf(1))
      expect(seen.environment.split('\0').filter(Boolean)).toEqual([
        expect.stringMatching(/^NODE_CHANNEL_FD=/),
        'NODE_CHANNEL_SERIALIZATION_MODE=advanced',
      ])
      expect(seen.streams).toEqual(['/dev/null', '/dev/null', '/dev/null'])
      expect(children[0]?.spawnargs).toContain('--max-old-space-size=192')
    },
  )

  it('ends with its parent, also after kill -9', async () => {
    const script = `
      import { subscribe } from 'node:diagnostics_channel'
      import { readTransactionsInChild } from './src/cashback/reconciliation/child/readFileInChild.ts'
      subscribe('child_process', ({ process: child }) => {
        child.once('message', ({ kind }) => console.log(child.pid, kind))
      })
      const line = ${JSON.stringify('T,open,1.50,2026-01-05\n')}
      const file = ${JSON.stringify(HEADER)} + line.repeat(${FILE_LIMITS.rows})
      const bytes = new Uint8Array(Buffer.from(file))
      await readTransactionsInChild({ bytes, mapping: ${JSON.stringify(mapping)} })`
    const parent = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', script],
      { cwd: projectRoot(), stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const [pid, kind] = line.toString().trim().split(' ')
    expect(kind).toBe('begun')
    parent.kill('SIGKILL')
    while (isRunning(Number(pid)));
  })

  it('hears that its parent has ended while it reads: other events come between parts of a file', async () => {
    let [isRead, turns] = [false, 0]
    const count = () => {
      turns += 1
      if (!isRead) setImmediate(count)
    }
    setImmediate(count)
    const bytes = new Uint8Array(Buffer.from(HEADER + linesOf(5_000)))
    await readTransactionFile(bytes, mapping, () => undefined)
    isRead = true
    // A file is read twice, in parts of 64 kB.
    expect(turns).toBeGreaterThanOrEqual((2 * bytes.length) / (64 * 1024))
  })
})

it('of many files at once one is read at a time, some wait, and the others are refused', async () => {
  const all = await Promise.allSettled(Array.from({ length: 8 }, () => read(HEADER + linesOf(1))))
  expect(all.map(({ status }) => status)).toEqual([
    ...Array.from({ length: 5 }, () => 'fulfilled'),
    ...Array.from({ length: 3 }, () => 'rejected'),
  ])
  expect(all.at(-1)).toMatchObject({ reason: { code: 'request.too-many' } })
})

/** One that has ended may wait for its new parent to notice (`Z`). */
const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return (
      process.platform !== 'linux' || !/\) [ZX] /.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'))
    )
  } catch {
    return false
  }
}
