import fs from 'node:fs'
import path from 'node:path'
import { runInNewContext } from 'node:vm'

/** `@example expression // expected`, in the doc comments of this folder and its subfolders. */
type Example = { file: string; expression: string; expected: string }

const EXAMPLE = /^\s*\* @example (?<expression>.+) \/\/ (?<expected>.+?)(?: \*\/)?$/gm
const here = import.meta.dirname
const sources = fs
  .readdirSync(here, { encoding: 'utf8', recursive: true })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((file) => ({ file, text: fs.readFileSync(path.join(here, file), 'utf8') }))

const examplesIn = ({ file, text }: { file: string; text: string }): Example[] =>
  [...text.matchAll(EXAMPLE)].map(({ groups }) => ({
    file,
    expression: groups?.expression ?? '',
    expected: groups?.expected ?? '',
  }))

const evaluate = (code: string, names: Record<string, unknown>): unknown =>
  runInNewContext(`(${code})`, { ...names })

const examples = sources.flatMap(examplesIn)

describe('the examples in the doc comments', () => {
  it('are all found', () => {
    const mentioned = sources.flatMap(({ text }) => text.match(/(?<!\S)@example\b/g) ?? [])
    expect(examples.length).toBeGreaterThan(0)
    expect(examples).toHaveLength(mentioned.length)
  })

  it.each(examples)('are true: $file: $expression', async ({ expected, expression, file }) => {
    const module = (await import(path.join(here, file))) as Record<string, unknown>
    expect(evaluate(expression, module)).toEqual(evaluate(expected, {}))
  })

  it('do not pass if one is wrong', () => {
    const [wrong] = examplesIn({ file: 'double.ts', text: '/**\n * @example double(2) // 5\n */' })
    const names = { double: (value: number) => value * 2 }
    expect(wrong).toEqual({ file: 'double.ts', expression: 'double(2)', expected: '5' })
    expect(evaluate('double(2)', names)).not.toEqual(evaluate('5', {}))
  })
})
