import fs from 'node:fs'
import path from 'node:path'

import ts from 'typescript'

import { projectRoot } from '../../../src/platform/projectRoot.ts'
import type { RowRecord } from './recordRows.ts'

/** `unchecked` names the calls with a row type that no test has run. */
export type RowTypeReport = { problems: string[]; unchecked: string[] }

type Columns = Map<string, Set<string>>

/**
 * Compares the row type of each `execute<Row>(sql…)` with the columns and types of values that the
 * tests recorded. A column that the statement no longer returns, or a value that the type does not
 * allow, is a problem. With `isComplete` all sources are read, else the files with records.
 */
export const checkRowTypes = (folder: string, isComplete: boolean): RowTypeReport => {
  const records = readRecords(folder)
  const report: RowTypeReport = { problems: [], unchecked: [] }
  const program = openProgram(records, isComplete)
  for (const source of program.getSourceFiles()) {
    if (source.isDeclarationFile || source.fileName.includes('node_modules')) continue
    const file = path.relative(projectRoot(), source.fileName)
    if (/\.test\.tsx?$|^test\//.test(file)) continue
    for (const { line, type } of findCalls(source)) {
      const at = `${file}:${line}`
      const columns = records.get(at)
      if (columns) report.problems.push(...compare(at, columns, type, program.getTypeChecker()))
      else report.unchecked.push(at)
    }
  }
  return report
}

const readRecords = (folder: string): Map<string, Columns> => {
  const records = new Map<string, Columns>()
  for (const file of fs.readdirSync(folder)) {
    const lines = fs.readFileSync(path.join(folder, file), 'utf8').split('\n').filter(Boolean)
    for (const { at, columns } of lines.map((line) => JSON.parse(line) as RowRecord)) {
      const known = records.get(at) ?? new Map<string, Set<string>>()
      for (const [name, types] of Object.entries(columns)) {
        known.set(name, new Set([...(known.get(name) ?? []), ...types]))
      }
      records.set(at, known)
    }
  }
  return records
}

const openProgram = (records: Map<string, Columns>, isComplete: boolean): ts.Program => {
  const root = projectRoot()
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), (name) =>
    ts.sys.readFile(name),
  ) as { config: unknown }
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const recorded = [...records.keys()].map((at) => path.join(root, at.replace(/:\d+$/, '')))
  return ts.createProgram(isComplete ? fileNames : [...new Set(recorded)], options)
}

const findCalls = (source: ts.SourceFile): { line: number; type: ts.TypeNode }[] => {
  const calls: { line: number; type: ts.TypeNode }[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { name } = node.expression
      const [type] = node.typeArguments ?? []
      const line = source.getLineAndCharacterOfPosition(name.getStart(source)).line + 1
      if (name.text === 'execute' && type) calls.push({ line, type })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return calls
}

const compare = (
  at: string,
  columns: Columns,
  node: ts.TypeNode,
  checker: ts.TypeChecker,
): string[] => {
  const type = checker.getTypeFromTypeNode(node)
  const other = checker.getIndexTypeOfType(type, ts.IndexKind.String)
  const problems: string[] = []
  for (const property of checker.getPropertiesOfType(type)) {
    if (columns.has(property.name) || property.flags & ts.SymbolFlags.Optional) continue
    problems.push(`${at} has no column "${property.name}"`)
  }
  for (const [name, types] of columns) {
    const property = checker.getPropertyOfType(type, name)
    const expected = property ? checker.getTypeOfSymbol(property) : other
    const allowed = expected && typesOf(expected, checker)
    if (!allowed) problems.push(`${at} has the column "${name}", which its type does not name`)
    for (const found of allowed ? types : []) {
      if (allowed?.includes(found) || allowed?.includes('any')) continue
      problems.push(`${at} has ${found} in "${name}", and its type ${allowed?.join(' or ') ?? ''}`)
    }
  }
  return problems
}

/** The types of values that a TypeScript type allows, by the names of `recordRows`. */
const typesOf = (type: ts.Type, checker: ts.TypeChecker): string[] => {
  if (type.isUnion()) return type.types.flatMap((part) => typesOf(part, checker))
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return ['any']
  if (type.flags & ts.TypeFlags.StringLike) return ['string']
  if (type.flags & ts.TypeFlags.NumberLike) return ['number']
  if (type.flags & ts.TypeFlags.BooleanLike) return ['boolean']
  if (type.flags & ts.TypeFlags.Null) return ['null']
  if (type.flags & ts.TypeFlags.Undefined) return ['undefined']
  return [checker.typeToString(type) === 'Date' ? 'Date' : 'object']
}
