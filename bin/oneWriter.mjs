import './checkNode.mjs'

import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

import ts from 'typescript'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SOURCES = ['src', 'hooks', 'jobs', 'plugins', 'collections']
const SKIPPED = /\.test\.tsx?$|^src\/database\/migrations\//

/** Folders that count as one module. Every other file is a module of its own. */
const FOLDERS = [
  'src/cashback/attribution',
  'src/cashback/claims',
  'src/cashback/ingestion/transactionStore',
  'src/ledger/sql',
  'src/ledger/verification',
  'src/messaging/outbox',
  'src/payouts/attempts',
  'src/server/jobs',
]

/** Second writers that are allowed, with the reason. */
const EXCEPTIONS = [
  {
    module: 'jobs/system/cleanUp.ts',
    tables: ['inbound_events', 'job_runs', 'otp_challenges'],
    because: 'it deletes the expired rows of all tables in one job',
  },
  {
    module: 'src/cashback/ingestion/pageArchive.ts',
    tables: ['network_pages'],
    because: 'it empties the bodies that it has moved to files',
  },
  {
    module: 'src/cashback/ingestion/postbacks/storePostback.ts',
    tables: ['inbound_events'],
    because: 'the edge stores a postback and wakes its worker in one statement',
  },
  {
    module: 'src/ledger/proofs/archiveAudit.ts',
    tables: ['audit_logs'],
    because: 'it deletes the rows of a day that it has moved to a file',
  },
  {
    module: 'src/ledger/verification',
    tables: ['wallets'],
    because: 'it freezes wallets and moves verified points; a rebuild moves no money',
  },
  {
    module: 'src/messaging/otp/confirmPhone.ts',
    tables: ['users'],
    because: 'it clears the confirmation of a phone number on other accounts',
  },
  {
    module: 'src/operations/requestRun.ts',
    tables: ['job_runs'],
    because: 'it requests a run from the admin; the worker starts and closes runs',
  },
  {
    module: 'src/payouts/review.ts',
    tables: ['users'],
    because: 'it writes the review of a member, which no form can change',
  },
]

const WRITES = [
  /\b(?:insert|merge)\s+into\s+(?:only\s+)?([^\s(]+)/gi,
  /\bdelete\s+from\s+(?:only\s+)?([^\s(]+)/gi,
  /\bupdate\s+(?:only\s+)?([^\s(]+)(?:\s+as)?(?:\s+\w+)?\s+set\b/gi,
]

/**
 * `npm run check`: one module writes each table. All `insert`, `update`, `delete` and `merge`
 * statements of a table, in `.sql` files and in strings of the sources, stand in one file or in one
 * of the folders above. Payload's own writes are not checked. `--list` prints the writers.
 */
const checkWriters = (args) => {
  const writers = findWriters()
  if (args.includes('--list')) {
    for (const [table, modules] of writers) console.log(`${table}: ${modules.join(', ')}`)
  }
  const problems = [...findSecondWriters(writers), ...findUnusedExceptions(writers)]
  for (const problem of problems) console.error(problem)
  return problems.length === 0 ? 0 : 1
}

/** Each table with the modules that write it, in alphabetical order. */
const findWriters = () => {
  const writers = new Map()
  for (const file of listFiles()) {
    for (const table of readTables(file)) {
      writers.set(table, (writers.get(table) ?? new Set()).add(findModule(file)))
    }
  }
  return [...writers.keys()].sort().map((table) => [table, [...writers.get(table)].sort()])
}

const listFiles = () =>
  SOURCES.flatMap((folder) =>
    fs.readdirSync(path.join(ROOT, folder), { recursive: true }).map((file) => `${folder}/${file}`),
  ).filter((file) => /\.(tsx?|sql)$/.test(file) && !SKIPPED.test(file))

/** The tables that the statements of a file write. `?` stands for a table that is a parameter. */
const readTables = (file) => {
  const text = fs.readFileSync(path.join(ROOT, file), 'utf8')
  const statements = file.endsWith('.sql')
    ? [text.replaceAll(/--.*/g, '')]
    : readStrings(file, text)
  return statements.flatMap((statement) =>
    WRITES.flatMap((write) => [...statement.matchAll(write)].map(([, table]) => table)),
  )
}

/** All strings of a source. In a template each expression becomes `?`. */
const readStrings = (file, text) => {
  const strings = []
  const visit = (node) => {
    if (ts.isTemplateExpression(node)) {
      const parts = node.templateSpans.map(({ literal }) => literal.text)
      strings.push([node.head.text, ...parts].join('?'))
    } else if (ts.isStringLiteralLike(node)) {
      strings.push(node.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest))
  return strings
}

const findModule = (file) => FOLDERS.find((folder) => file.startsWith(`${folder}/`)) ?? file

const findSecondWriters = (writers) =>
  writers.flatMap(([table, modules]) => {
    const others = modules.filter((module) => !isException(table, module))
    if (table === '?') return others.map((module) => `${module} writes a table that is a parameter`)
    return others.length > 1 ? [`${table} has ${others.length} writers: ${others.join(', ')}`] : []
  })

const isException = (table, module) =>
  EXCEPTIONS.some((one) => one.module === module && one.tables.includes(table))

const findUnusedExceptions = (writers) =>
  EXCEPTIONS.flatMap(({ module, tables }) =>
    tables
      .filter((table) => !writers.some(([name, list]) => name === table && list.includes(module)))
      .map((table) => `${module} no longer writes ${table}: remove the exception`),
  )

process.exit(checkWriters(process.argv.slice(2)))
